// Classes of punctuators of one character: their codes.

export const AMPERSAND = 38;
export const OPEN = 40;
export const CLOSE = 41;
export const STAR = 42;
export const COMMA = 44;
export const MINUS = 45;
export const COLON = 58;
export const SEMICOLON = 59;
export const LESS = 60;
export const EQUALS = 61;
export const QUESTION = 63;
export const DOT = 46;
export const BRACKET = 91;
export const END_BRACKET = 93;
export const BRACE = 123;
export const END_BRACE = 125;
export const TILDE = 126;
