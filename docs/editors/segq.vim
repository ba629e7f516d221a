" Vim syntax file for segq scripts. Made by scripts/manual. Do not edit.
" autocmd BufRead,BufNewFile *.segq setfiletype segq
if exists("b:current_syntax")
  finish
endif
syntax case ignore
syntax keyword segqClause active against analyze append as asc ascending by customer desc descending description distinct else for from group having in inactive joined layout left limit of offset order rename replace sample segment segments session since stale status to website where with
syntax keyword segqOperator and between contains empty ends except exists has intersect intersection is like matches not or starts union
syntax keyword segqConstant all day false last month now null quarter selected this today true visible week year yesterday
syntax keyword segqStatement alter assert compare create describe deselect drift drill drop echo edit exit explain export for forget growth help history if last let load next open overlap page param prev profile quit refresh save select set source undo unselect watch why
syntax match segqFunction "\<\(abs\|avg\|bucket\|coalesce\|count\|day\|days_since\|domain\|exists\|first\|fold\|hour\|if\|last\|length\|lower\|max\|median\|min\|month\|nth\|percentile\|quarter\|round\|share\|sum\|trim\|trunc\|upper\|week\|weekday\|year\)\>\ze\s*("
syntax match segqNumber "\<\d\+\(\.\d\+\)\?[dwmyhs]\?\>"
syntax match segqNumber "\<\d\{4}-\d\{2}\(-\d\{2}\)\?\>"
syntax match segqVariable "\$\w\+\(\.\w\+\)\?"
syntax match segqInside "\${[^}]*}" contained
syntax match segqEscape "\\\(u{\x\+}\|.\)" contained
syntax region segqText start=+'+ end=+'+ contains=segqInside,segqEscape
syntax region segqText start=+"+ end=+"+ contains=segqInside,segqEscape
syntax region segqName start=+`+ end=+`+
syntax match segqComment "\(#\|--\).*$"
highlight default link segqStatement Statement
highlight default link segqClause Keyword
highlight default link segqOperator Operator
highlight default link segqConstant Constant
highlight default link segqFunction Function
highlight default link segqNumber Number
highlight default link segqVariable Identifier
highlight default link segqInside Identifier
highlight default link segqEscape SpecialChar
highlight default link segqText String
highlight default link segqName Identifier
highlight default link segqComment Comment
let b:current_syntax = "segq"
