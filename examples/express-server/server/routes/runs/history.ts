import { z } from "zod";
import { type Identity, mayDo } from "../../auth/index.js";
import { defineRoute, type Route } from "../../http/route.js";
import { Problem } from "../../problem.js";
import type { Services } from "../../services.js";
import {
  findRun,
  type RunPosition,
  searchRuns,
  summarizeActivity,
  type Viewer,
} from "../../storage/runs/index.js";
import { activity, toActivity } from "../shapes/plugin-shapes.js";
import { auditedRun, run, toAuditedRun, toRun } from "../shapes/run-shapes.js";
import { plainText, wholeNumber } from "../shapes/text-shapes.js";

const search = z.object({
  plugin: plainText(200).optional(),
  user: plainText(63).optional(),
  status: z.enum(["completed", "failed", "stopped"]).optional(),
  limit: wholeNumber(1, 100).default(30),
  before: z.string().max(200).optional().meta({ description: "The `next` of the page before." }),
});

const spans = { day: { hours: 24, step: "hour" }, month: { hours: 24 * 30, step: "day" } } as const;

export function historyRoutes({ storage, history }: Services): readonly Route[] {
  const about = { tag: "Runs", permission: "read", method: "get" } as const;
  return [
    defineRoute({
      ...about,
      path: "/api/runs",
      operation: "listRuns",
      summary: "Runs that have ended, newest first: one's own and those of one's plugins; for admins all",
      query: search,
      answer: {
        kind: "json",
        description: "A page of runs.",
        schema: z
          .object({
            items: z.array(run),
            next: z
              .string()
              .nullable()
              .meta({ description: "For the next page, as `before`; null at the end." }),
          })
          .meta({ id: "RunPage" }),
      },
      handle: async ({ query: { before, limit, ...query }, identity }) => {
        await history.flush();
        const position = before === undefined ? undefined : parsePosition(before);
        const viewer = toViewer(identity);
        const found = await searchRuns(storage.database, {
          ...query,
          viewer,
          limit: limit + 1,
          before: position,
        });
        const items = found.slice(0, limit);
        const last = items.at(-1);
        return { items: items.map(toRun), next: last && found.length > limit ? toText(last) : null };
      },
    }),
    defineRoute({
      ...about,
      path: "/api/runs/{id}",
      operation: "describeRun",
      summary: "One run, with every call that it made",
      params: z.object({ id: z.uuid() }),
      answer: { kind: "json", description: "The run.", schema: auditedRun },
      handle: async ({ params: { id }, identity }) => {
        await history.flush();
        return toAuditedRun(await findRun(storage.database, id, toViewer(identity)));
      },
    }),
    defineRoute({
      ...about,
      path: "/api/activity",
      operation: "readActivity",
      summary: "What happened, by the hour of the last day or by the day of the last month",
      query: z.object({ span: z.enum(["day", "month"]).default("day") }),
      answer: {
        kind: "json",
        description: "Hours or days in which something ran.",
        schema: z.array(activity),
      },
      handle: async ({ query: { span }, identity }) => {
        await history.flush();
        const { hours, step } = spans[span];
        const since = new Date(Date.now() - hours * 3_600_000);
        return (await summarizeActivity(storage.database, { viewer: toViewer(identity), since, step })).map(
          toActivity,
        );
      },
    }),
  ];
}

/** Those without a name have no history: they cannot be told apart. */
function toViewer(identity: Identity): Viewer {
  if (mayDo(identity, "admin")) return "all";
  if (identity.user === null) {
    throw new Problem("unauthorized", "The history is somebody's: use a token of your own.");
  }
  return { user: identity.user };
}

const positionForm = z.tuple([z.iso.datetime(), z.uuid()]);

function toText({ startedAt, id }: RunPosition): string {
  return Buffer.from(JSON.stringify([startedAt.toISOString(), id])).toString("base64url");
}

function parsePosition(text: string): RunPosition {
  try {
    const [startedAt, id] = positionForm.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return { startedAt: new Date(startedAt), id };
  } catch {
    throw new Problem("invalid", "before: must be the `next` of another page.");
  }
}
