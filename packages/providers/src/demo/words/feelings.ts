const words = (list: string): readonly string[] => list.trim().split(/\s+/);

export const positiveWords: ReadonlySet<string> = new Set(
  words(`
  amazing awesome beautiful best better brilliant calm charming cheerful clean clear comfortable convenient cool correct
  creative delicious delight delighted delightful easy effective efficient elegant enjoy enjoyable enjoyed excellent excited
  exciting fabulous fair fantastic fast favorite fine flawless fresh friendly fun generous gentle glad good gorgeous grateful
  great happy healthy helpful honest hope hopeful impressed impressive improve improved improvement incredible inspiring
  interesting joy joyful kind like liked love loved lovely loves lucky magnificent marvelous nice outstanding peaceful perfect
  perfectly pleasant pleased pleasure polite positive powerful praise pretty proud quick recommend recommended relaxed
  reliable rich right safe satisfied satisfying smart smile smooth solid special splendid strong stunning success successful
  super superb support sweet terrific thank thankful thanks thoughtful thrilled tidy top trust useful valuable warm welcome
  win winner won wonderful worth wow yummy`),
);

export const negativeWords: ReadonlySet<string> = new Set(
  words(`
  afraid alone angry annoyed annoying anxious ashamed avoid awful awkward bad badly bored boring broke broken bug bugs buggy
  cancel careless cheap cold complain complaint complicated confused confusing crash crashed crashes cruel crying damage
  damaged danger dangerous dead defect defective delay delayed depressed difficult dirty disappoint disappointed
  disappointing disappointment disaster disgusting dislike dreadful dull error errors evil expensive fail failed fails failure
  fake fault faulty fear fearful filthy frustrated frustrating garbage greedy gross guilty hard harmful hate hated hates
  horrible horrid hurt hurts ignored ill impossible inferior issue issues jealous junk lack late lazy lie lied lonely lose
  loser losing loss lost mad mean mess messy miserable misleading mistake nasty nervous noisy overpriced pain painful pathetic
  poor poorly problem problems refund regret rejected rude ruined sad scam scared scary selfish shame sick slow sorry stale
  stolen stress stressed stressful stuck terrible tired toxic tragic trouble ugly unacceptable unclear unfair unfortunate
  unfortunately unhappy unhelpful unreliable unsafe upset useless violent waste wasted weak weird worried worry worse worst
  worthless wrong`),
);

/** They turn around what follows. */
export const turningWords: ReadonlySet<string> = new Set(
  words(`not no never none nobody nothing neither nor without hardly barely isn't aren't wasn't weren't don't doesn't didn't
  won't wouldn't can't cannot couldn't shouldn't haven't hasn't ain't`),
);

/** They make it stronger. */
export const strengtheningWords: ReadonlySet<string> = new Set(
  words(
    `very really extremely absolutely totally completely so too incredibly highly deeply truly especially super`,
  ),
);
