import { z } from "zod";
import { mayDo } from "../../auth/index.js";
import { defineRoute, type Route } from "../../http/route.js";
import { Problem } from "../../problem.js";
import type { Services } from "../../services.js";
import { deleteReview, listReviews, storeReview } from "../../storage/reviews/index.js";
import { review, toReview } from "../shapes/plugin-shapes.js";
import { nameParam, plainText, userName, wholeNumber } from "../shapes/text-shapes.js";

const page = z.object({
  limit: wholeNumber(1, 100).default(30),
  offset: wholeNumber(0, 1_000_000).default(0),
});

export function reviewRoutes({ storage: { database } }: Services): readonly Route[] {
  const about = { tag: "Reviews" } as const;
  return [
    defineRoute({
      ...about,
      permission: "read",
      method: "get",
      path: "/api/plugins/{name}/reviews",
      operation: "listReviews",
      summary: "What users say of a plugin, newest first",
      params: nameParam,
      query: page,
      answer: { kind: "json", description: "The reviews.", schema: z.array(review) },
      handle: async ({ params, query, identity }) => {
        const reviews = await listReviews(database, params.name, query);
        return reviews.map((found) => toReview(found, found.author === identity.user));
      },
    }),
    defineRoute({
      ...about,
      permission: "run",
      method: "put",
      path: "/api/plugins/{name}/review",
      operation: "reviewPlugin",
      summary: "Say what one thinks of a plugin; again replaces it",
      params: nameParam,
      body: {
        kind: "json",
        schema: z.object({
          rating: z.int("must be 1 to 5").min(1, "must be 1 to 5").max(5, "must be 1 to 5"),
          text: plainText(2_000).default(""),
        }),
        maxBytes: 20_000,
      },
      answer: {
        kind: "json",
        description: "It is said.",
        schema: z.object({ status: z.literal("reviewed"), name: z.string() }).meta({ id: "Reviewed" }),
      },
      handle: async ({ params: { name }, body, identity }) => {
        await storeReview(database, name, { author: toAuthor(identity.user), ...body });
        return { status: "reviewed" as const, name };
      },
    }),
    defineRoute({
      ...about,
      permission: "run",
      method: "delete",
      path: "/api/plugins/{name}/review",
      operation: "deleteReview",
      summary: "Take a review back: one's own or, for admins, anybody's",
      params: nameParam,
      query: z.object({ author: userName.optional().meta({ description: "For admins." }) }),
      answer: {
        kind: "json",
        description: "It is gone.",
        schema: z.object({ status: z.literal("deleted"), name: z.string() }).meta({ id: "ReviewDeleted" }),
      },
      handle: async ({ params: { name }, query, identity }) => {
        const author = query.author ?? toAuthor(identity.user);
        if (author !== identity.user && !mayDo(identity, "admin")) {
          throw new Problem("forbidden", "This review is somebody else's.");
        }
        await deleteReview(database, name, author);
        return { status: "deleted" as const, name };
      },
    }),
  ];
}

function toAuthor(user: string | null): string {
  if (user === null) throw new Problem("unauthorized", "Reviews are somebody's: use a token of your own.");
  return user;
}
