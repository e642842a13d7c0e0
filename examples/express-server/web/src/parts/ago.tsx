import { formatAgo, formatMoment } from "../text/format.js";

export function Ago({ moment }: { readonly moment: string }) {
  return (
    <time dateTime={moment} title={formatMoment(moment)}>
      {formatAgo(moment, Date.now())}
    </time>
  );
}
