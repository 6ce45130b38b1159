extension NodeCase {
  /// Operators on text; values from ONNX Runtime. See ``NodeCase`` for the form.
  static let text = #"""
    StringSplit 21 delimiter=,
      in string_type[4] a,b,,c "" x ,
      out string_type[4,4] a b "" c "" "" "" "" x "" "" "" "" "" "" ""
      out int64_type[4] 4 0 1 2
    StringSplit 21 delimiter=-- maxsplit=1
      in string_type[3] a--b--c -- -x-
      out string_type[3,2] a b--c "" "" -x- ""
      out int64_type[3] 2 2 1
    StringConcat 21
      in string_type[3] a "" é
      in string_type[2,1] 1 ""
      out string_type[2,3] a1 1 é1 a "" é
    Equal 21
      in string_type[2] a b
      in string_type[2,1] b a
      out bool_type[2,2] 0 1 1 0
    Where 21
      in bool_type[2] 1 0
      in string_type[2] a b
      in string_type[1] z
      out string_type[2] a z
    RegexFullMatch 21 pattern=a+b*
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 1 1 0 0 0 0 0 1 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=(a+)+b
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 1 0 0 0 0 0 1 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=.*
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
    RegexFullMatch 21 pattern=\d+
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 1 0 0 0 0 0 0 0 1 0
    RegexFullMatch 21 pattern=\w+@\w+\.com
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=(?i)ABC
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 1 1 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=^abc$
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=a|b|cd
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=(a|b)*c
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 1 1 0 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=\p{Lu}\p{Ll}*
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 0 0 1 1 0 0 0 0
    RegexFullMatch 21 pattern=a{2}
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=a{2,}
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=\bfoo\b
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=x*?
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=a\.b
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0
    RegexFullMatch 21 pattern=\x41+
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=(?s).+
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
    RegexFullMatch 21 pattern=.+
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
    RegexFullMatch 21 pattern=é+
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=(?P<n>a)b
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=\Qa.b\E
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0
    RegexFullMatch 21 pattern=a.b
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 1 0 0 0 0 0 0 0 0 0 1 0 0 0
    RegexFullMatch 21 pattern=\pN+
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 1 0 0 0 0 0 0 0 1 1
    RegexFullMatch 21 pattern=a{,2}
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=\D\S\W
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=(?m)^a$\n^b$
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=a||b
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=(|a)b
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=\101
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    RegexFullMatch 21 pattern=(?i)[é]+
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0 0
    RegexFullMatch 21 pattern=\s+
      in string_type[16] "" a aab aaac abc ABC 123 x@y.com ab abab É Hello a.b ]a 1 ١
      out bool_type[16] 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    StringNormalizer 21 case_change_action=LOWER is_case_sensitive=0 stopwords=[monday,b]
      in string_type[8] Monday monday b B Éa hello Straße x
      out string_type[4] éa hello straße x
    StringNormalizer 21 case_change_action=UPPER is_case_sensitive=1 stopwords=[monday,b]
      in string_type[8] Monday monday b B Éa hello Straße x
      out string_type[6] MONDAY B ÉA HELLO STRAßE X
    StringNormalizer 21 case_change_action=NONE is_case_sensitive=1 stopwords=[ÉA,Hello]
      in string_type[8] Monday monday b B Éa hello Straße x
      out string_type[8] Monday monday b B Éa hello Straße x
    StringNormalizer 21 case_change_action=NONE is_case_sensitive=0
      in string_type[8] Monday monday b B Éa hello Straße x
      out string_type[8] Monday monday b B Éa hello Straße x
    TfIdfVectorizer 21 max_gram_length=3 max_skip_count=0 min_gram_length=1 mode=TF
          ngram_counts=[0,3,9] ngram_indexes=[7,6,5,4,3,2,1,0]
          pool_int64s=[1,2,3,1,2,2,3,3,1,1,2,3,2,2,2]
      in int64_type[2,9] 3 2 2 1 1 1 1 1 1 3 2 3 2 2 3 3 2 2
      out float_type[2,8] 0 0 0 0 0 1 2 6 0 0 0 2 0 4 5 0
    TfIdfVectorizer 21 max_gram_length=3 max_skip_count=1 min_gram_length=2 mode=IDF
          ngram_counts=[0,3,9] ngram_indexes=[0,1,2,3,4,5,6,7]
          pool_strings=[w1,w2,w3,w1,w2,w2,w3,w3,w1,w1,w2,w3,w2,w2,w2]
          weights=[0.5,1.5,2.0,3.0,0.25,1.0,4.0,0.12]
      in string_type[2,9] w2 w3 w1 w3 w3 w1 w2 w3 w2 w1 w3 w3 w3 w1 w1 w3 w1 w2
      out float_type[2,8] 0 0 0 3 0.25 1 4 0 0 0 0 3 0 1 0 0
    TfIdfVectorizer 21 max_gram_length=3 max_skip_count=2 min_gram_length=3 mode=TFIDF
          ngram_counts=[0,3,9] ngram_indexes=[0,1,2,3,4,5,6,7]
          pool_int64s=[1,2,3,1,2,2,3,3,1,1,2,3,2,2,2] weights=[0.5,1.5,2.0,3.0,0.25,1.0,4.0,0.12]
      in int64_type[2,9] 1 1 2 2 2 1 1 1 1 3 2 2 1 2 3 2 2 3
      out float_type[2,8] 0 0 0 0 0 0 0 0.12 0 0 0 0 0 0 4 0.24
    TfIdfVectorizer 21 max_gram_length=3 max_skip_count=0 min_gram_length=2 mode=IDF
          ngram_counts=[0,3,9] ngram_indexes=[7,6,5,4,3,2,1,0]
          pool_int64s=[1,2,3,1,2,2,3,3,1,1,2,3,2,2,2] weights=[0.5,1.5,2.0,3.0,0.25,1.0,4.0,0.12]
      in int64_type[2,9] 2 2 3 3 1 3 2 2 3 2 1 1 3 2 2 2 3 2
      out float_type[2,8] 0 0 1 0.25 0 0 0 0 0.12 0 0 0.25 0 0 0 0
    TfIdfVectorizer 21 max_gram_length=3 max_skip_count=1 min_gram_length=3 mode=TFIDF
          ngram_counts=[0,3,9] ngram_indexes=[0,1,2,3,4,5,6,7]
          pool_strings=[w1,w2,w3,w1,w2,w2,w3,w3,w1,w1,w2,w3,w2,w2,w2]
          weights=[0.5,1.5,2.0,3.0,0.25,1.0,4.0,0.12]
      in string_type[2,9] w1 w3 w1 w1 w3 w2 w1 w1 w2 w3 w2 w3 w1 w1 w3 w3 w1 w1
      out float_type[2,8] 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    TfIdfVectorizer 21 max_gram_length=3 max_skip_count=0 min_gram_length=1 mode=TFIDF
          ngram_counts=[0,3,9] ngram_indexes=[7,6,5,4,3,2,1,0]
          pool_int64s=[1,2,3,1,2,2,3,3,1,1,2,3,2,2,2] weights=[0.5,1.5,2.0,3.0,0.25,1.0,4.0,0.12]
      in int64_type[2,9] 2 2 2 3 1 2 1 2 3 2 2 3 2 3 1 2 3 3
      out float_type[2,8] 0.12 4 1 0.5 6 4 7.5 1 0 4 1 0.75 3 8 6 0.5
    """#
}
