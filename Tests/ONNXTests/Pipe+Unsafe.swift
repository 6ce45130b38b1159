import Glibc

/// Makes a named pipe; whether that worked.
func makePipe(_ path: String) -> Bool { unsafe mkfifo(path, 0o600) == 0 }
