/** Words that say nothing about what a text is about. */
export const commonWords: ReadonlySet<string> = new Set(
  `a about above after again against all almost also although always am among an and another any anything are around as at
  away back be became because become been before being below between both but by came can cannot come could did do does
  doing done down during each either else enough etc even ever every everything few first for from further get gets give
  given go goes going got had has have having he her here hers herself him himself his how however i if in indeed instead
  into is it its it's itself i'm i've just keep kept last least less let like made make makes many may maybe me might more
  most much must my myself near need never new next no none nor not nothing now of off often on once one only onto or other
  others our ours out over own part perhaps please put quite rather really said same say says see seem seems several shall
  she should since so some something soon still such take taken than that that's the their theirs them then there these
  they thing things this those though through thus to together too toward two under until up upon us use used uses using
  very want was way we well went were what when where whether which while who whom whose why will with within without would
  yes yet you your yours you're don't doesn't didn't isn't aren't wasn't won't can't text following`.split(
    /\s+/,
  ),
);
