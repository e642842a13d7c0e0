export const pythonKeywords =
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split(
    " ",
  );

export const pythonBuiltins =
  "abs all any bool bytes dict enumerate Exception filter float format frozenset getattr hasattr int isinstance iter KeyError len list map max min next print range repr reversed round set sorted str sum super tuple type ValueError zip".split(
    " ",
  );
