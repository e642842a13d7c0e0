/** Kinds of content that a moderator looks for: words and turns of phrase, and how much one of them weighs. */
export interface HarmKind {
  readonly name: string;
  readonly weight: number;
  /** Each is found once a text; none of them can be made slow by what it is given. */
  readonly patterns: readonly RegExp[];
}

const anyOf = (phrases: string) =>
  phrases
    .trim()
    .split(/\s*,\s*/)
    .map((phrase) => new RegExp(`(?<![\\p{L}\\p{N}])${phrase}(?![\\p{L}\\p{N}])`, "iu"));

export const harmKinds: readonly HarmKind[] = [
  {
    name: "threats and violence",
    weight: 0.6,
    patterns:
      anyOf(`kill(?:s|ed|ing)? (?:you|him|her|them|everyone|people), i will (?:hurt|find|beat|destroy) you,
      (?:shoot|stab|bomb|murder|attack|torture)(?:s|ed|ing)?, beat (?:you|him|her|them) up, burn (?:it|them) down,
      (?:deserve|deserves) to die, watch your back, massacre, slaughter`),
  },
  {
    name: "self-harm",
    weight: 0.7,
    patterns: anyOf(
      `suicide, kill (?:myself|yourself), (?:hurt|cut|harm) (?:myself|yourself), end my life, self-harm`,
    ),
  },
  {
    name: "insults",
    weight: 0.3,
    patterns:
      anyOf(`idiots?, stupid, morons?, dumb, losers?, pathetic, worthless, shut up, ugly, fools?, scum, imbeciles?,
      you (?:are|'re) (?:nothing|trash|garbage), disgusting`),
  },
  {
    name: "hatred of groups",
    weight: 0.7,
    patterns:
      anyOf(`(?:all|those|these) (?:people|immigrants|foreigners|women|men) (?:are|should), subhumans?, vermin,
      go back to (?:your|their) country, (?:hate|exterminate|deport) (?:all|them|those), inferior race`),
  },
  {
    name: "profanity",
    weight: 0.25,
    patterns: anyOf(`damn, crap, shit\\w*, fuck\\w*, bastards?, bitch\\w*, asshole\\w*`),
  },
  {
    name: "sexual content",
    weight: 0.4,
    patterns: anyOf(`porn\\w*, nudes?, explicit (?:photos?|videos?), sexual(?:ly)?, xxx`),
  },
  {
    name: "fraud and spam",
    weight: 0.4,
    patterns:
      anyOf(`free money, click (?:here|this link), you (?:have )?won, act now, wire transfer, gift cards?,
      (?:send|give) me your (?:password|card|bank|account), 100% guaranteed, limited offer, get rich, double your,
      verify your account, crypto giveaway, lottery`),
  },
  {
    name: "illegal goods and deeds",
    weight: 0.6,
    patterns:
      anyOf(`(?:buy|sell|make)(?:ing)? (?:drugs|weapons|guns|explosives|a bomb|meth|cocaine), hack into, stolen
      (?:cards?|accounts?|data), counterfeit, launder(?:ing)? money, fake (?:passports?|ids?)`),
  },
];
