# Finds MIGraphX where it is installed, wherever that was moved to.
#
#   migraphx::c         the C interface
#   migraphx::migraphx  the C++ interface; migraphx::api is another name for it
get_filename_component(_migraphx_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

if(NOT TARGET migraphx::c)
  add_library(migraphx::c SHARED IMPORTED)
  set_target_properties(migraphx::c PROPERTIES
    IMPORTED_LOCATION "${_migraphx_prefix}/lib/libmigraphx_c.so.3"
    IMPORTED_SONAME "libmigraphx_c.so.3"
    INTERFACE_INCLUDE_DIRECTORIES "${_migraphx_prefix}/include")
  # Programs link the C target for the C++ headers too, which need C++17.
  if(CMAKE_CXX_COMPILER_LOADED)
    set_target_properties(migraphx::c PROPERTIES INTERFACE_COMPILE_FEATURES cxx_std_17)
  endif()
  foreach(_migraphx_name migraphx api)
    add_library(migraphx::${_migraphx_name} INTERFACE IMPORTED)
    set_target_properties(migraphx::${_migraphx_name} PROPERTIES
      INTERFACE_LINK_LIBRARIES migraphx::c)
  endforeach()
endif()

unset(_migraphx_prefix)
unset(_migraphx_name)
