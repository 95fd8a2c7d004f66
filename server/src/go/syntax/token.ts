/** The tokens of Go, named as in go/token. The order is relied on: assignment operators and keywords are contiguous. */
export const enum Token {
  EOF, IDENT, INT, FLOAT, IMAG, CHAR, STRING,
  ADD, SUB, MUL, QUO, REM, AND, OR, XOR, SHL, SHR, AND_NOT,
  ADD_ASSIGN, SUB_ASSIGN, MUL_ASSIGN, QUO_ASSIGN, REM_ASSIGN, AND_ASSIGN, OR_ASSIGN, XOR_ASSIGN, SHL_ASSIGN, SHR_ASSIGN, AND_NOT_ASSIGN,
  LAND, LOR, ARROW, INC, DEC, EQL, LSS, GTR, ASSIGN, NOT, TILDE, NEQ, LEQ, GEQ, DEFINE, ELLIPSIS,
  LPAREN, LBRACK, LBRACE, COMMA, PERIOD, RPAREN, RBRACK, RBRACE, SEMICOLON, COLON,
  BREAK, CASE, CHAN, CONST, CONTINUE, DEFAULT, DEFER, ELSE, FALLTHROUGH, FOR, FUNC, GO, GOTO, IF, IMPORT,
  INTERFACE, MAP, PACKAGE, RANGE, RETURN, SELECT, STRUCT, SWITCH, TYPE, VAR, ILLEGAL,
}

const texts: readonly string[] = (
  'EOF IDENT INT FLOAT IMAG CHAR STRING ' +
  '+ - * / % & | ^ << >> &^ += -= *= /= %= &= |= ^= <<= >>= &^= ' +
  '&& || <- ++ -- == < > = ! ~ != <= >= := ... ' +
  '( [ { , . ) ] } ; : ' +
  'break case chan const continue default defer else fallthrough for func go goto if import ' +
  'interface map package range return select struct switch type var ILLEGAL'
).split(' ');

/** The token as it stands in the text; for EOF, ILLEGAL and the classes of names and literals, the class in capitals. */
export function tokenText(token: Token): string {
  return texts[token]!;
}
