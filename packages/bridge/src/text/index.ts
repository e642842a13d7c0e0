/** For those who only carry text between Python and JavaScript: without the protocol, and what it takes to load it. */
export { fromTextBytes, toTextBytes } from "../protocol-text.js";
