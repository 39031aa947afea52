/** An identifier as its vendor gives it. Integers beyond 2^53 are strings, so that no digit is lost. */
export type Identifier = number | string;
