export { deleteReview, listReviews, type Review, storeReview } from "./reviews.js";
