export { findToken, listTokens, markTokenUsed, revokeToken, type StoredToken, storeToken } from "./tokens.js";
