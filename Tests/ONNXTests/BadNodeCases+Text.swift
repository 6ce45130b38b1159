extension NodeCase {
  /// Nodes on text and sequences that must be refused; see ``NodeCase`` for the form.
  static let badText = #"""
    StringConcat 20
      in string_type[1] a
      in int64_type[1]
      error input 1 must be of string_type, found int64_type
    StringConcat 20
      in string_type[2] a b
      in string_type[3] a b c
      error 2
    StringSplit 20
      in float_type[2]
      error input 0 must be of string_type, found float_type
    StringSplit 20 maxsplit=x
      in string_type[1] a
      error attribute 'maxsplit' has type string
    RegexFullMatch 20
      in string_type[1] a
      error attribute 'pattern' is needed
    RegexFullMatch 20 pattern=(a
      in string_type[1] a
      error a closing parenthesis is needed
    RegexFullMatch 20 pattern=a**
      in string_type[1] a
      error a repetition can't be repeated
    RegexFullMatch 20 pattern=(a{1000}){1000}
      in string_type[1] a
      error steps are needed
    RegexFullMatch 20 pattern=((((){1000}){1000}){1000}){1000}
      in string_type[1] a
      error its repetitions make it too long
    RegexFullMatch 20 pattern=(a)\1
      in string_type[1] a
      error references to groups are not part of the syntax
    RegexFullMatch 20 pattern=a(?=b)
      in string_type[1] a
      error '(?=' is not part of the syntax
    RegexFullMatch 20 pattern=x
      in int64_type[1]
      error input 0 must be of string_type, found int64_type
    StringNormalizer 10 case_change_action=TITLE
      in string_type[1] a
      error 'case_change_action' must be LOWER, UPPER or NONE, found 'TITLE'
    StringNormalizer 10
      in string_type[2,1] a b
      error axis 0 of
    TfIdfVectorizer 9 min_gram_length=1 max_gram_length=1 ngram_counts=[0] ngram_indexes=[0]
      in int64_type[3]
      error one of 'pool_int64s' and 'pool_strings' must have elements, found 0 and 0
    TfIdfVectorizer 9 min_gram_length=2 max_gram_length=1 ngram_counts=[0] ngram_indexes=[0]
          pool_int64s=[5]
      in int64_type[3]
      error found lengths 2 to 1 and skip 0
    TfIdfVectorizer 9 min_gram_length=1 max_gram_length=1 ngram_counts=[7] ngram_indexes=[0]
          pool_int64s=[5]
      in int64_type[3]
      error 'ngram_counts' must name 1 ascending starts from 0 to 1, found [7]
    TfIdfVectorizer 9 min_gram_length=1 max_gram_length=1 ngram_counts=[0]
          ngram_indexes=[9223372036854775807] pool_int64s=[5]
      in int64_type[3]
      error 'ngram_indexes' must have a place for each of the 1 n-grams
    SplitToSequence 11
      in float_type[4]
      const int64_type[] 0
      error the size of a part must be positive, found [0]
    SplitToSequence 11
      in float_type[4]
      const int64_type[2] 3 2
      error the sizes of parts must not be negative and must sum to 4, found [3, 2]
    SplitToSequence 11 axis=1
      in float_type[4]
      error axis 1 is not among the 1 axes
    SequenceAt 11
      in float_type[4]
      in int64_type[]
      error input 0 must be a sequence, found (float_type
    SequenceAt 11
      list float_type[4]
      in float_type[]
      error input 1, the position, must be one int32 or int64, found (float_type
    SequenceAt 11
      list float_type[4]
      in int64_type[2]
      error input 1, the position, must be one int32 or int64, found (int64_type
    SequenceAt 11
      list float_type[4]
      in int64_type[] 1
      error position 1 is not among the 1 elements of the sequence
    SequenceInsert 11
      in float_type[4]
      in float_type[4]
      error input 0 must be a sequence
    SequenceInsert 11
      list float_type[4]
      in int64_type[4]
      error the elements of a sequence must be of one type, found (
    SequenceInsert 11
      list float_type[4]
      in float_type[4]
      in int64_type[] -2
      error position -2 is not among the 1 elements of the sequence
    SequenceErase 11
      in float_type[4]
      error input 0 must be a sequence
    SequenceErase 11
      list float_type[4]
      in int64_type[] 1
      error position 1 is not among the 1 elements of the sequence
    SequenceLength 11
      in float_type[4]
      error input 0 must be a sequence
    SequenceLength 11
      error input 0 is needed
    SequenceConstruct 11
      in float_type[4]
      in int64_type[4]
      error the elements of a sequence must be of one type, found (float_type
    SequenceConstruct 11
      error input 0 is needed
    SequenceEmpty 11 dtype=99
      error 'dtype' has element type 99
    SequenceEmpty 11 dtype=-9223372036854775808
      error 'dtype' has element type
    ConcatFromSequence 11
      in float_type[4]
      error attribute 'axis' is needed
    ConcatFromSequence 11 axis=0
      in float_type[4]
      error input 0 must be a sequence
    ConcatFromSequence 11 axis=1
      list float_type[4]
      error axis 1 is not among the 1 axes
    SequenceMap 17
      list float_type[4]
      error attribute 'body' is needed
    SequenceMap 17 body=1
      list float_type[4]
      error attribute 'body' has type int; graph is needed
    """#
}
