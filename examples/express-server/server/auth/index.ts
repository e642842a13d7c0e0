export { Authenticator } from "./authenticator.js";
export {
  type Identity,
  mayDo,
  nobody,
  operatorIdentity,
  type Permission,
  reservedUsers,
  type Scope,
  scopes,
  toTenant,
} from "./identity.js";
export { refuseForeignPages } from "./local-guard.js";
export { TokenDesk, type TokenRequest } from "./token-desk.js";
export { generateToken } from "./token-text.js";
