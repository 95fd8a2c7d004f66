// Answers constant expressions with go/constant and go/types, a line each, so that our arithmetic can be compared.
//
// A request is tab-separated:
//
//	literal KIND TEXT
//	unary OP LITERAL [BITS]
//	binary OP LITERAL LITERAL
//	shift OP LITERAL COUNT
//	compare OP LITERAL LITERAL
//	convert TYPE EXPRESSION
//
// A LITERAL is KIND:TEXT, negated by a leading "-". The answer is the ExactString of the result, or "unknown".
package main

import (
	"bufio"
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"os"
	"strconv"
	"strings"
)

var kinds = map[string]token.Token{"INT": token.INT, "FLOAT": token.FLOAT, "IMAG": token.IMAG, "CHAR": token.CHAR, "STRING": token.STRING}

var operators = map[string]token.Token{}

func main() {
	for op := token.ADD; op <= token.GEQ; op++ {
		operators[op.String()] = op
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		fmt.Fprintln(out, answer(strings.Split(in.Text(), "\t")))
	}
}

// answer takes the panics of go/constant (operand kinds it refuses) for "unknown".
func answer(request []string) (result string) {
	defer func() {
		if recover() != nil {
			result = "unknown"
		}
	}()
	value := constant.MakeUnknown()
	switch request[0] {
	case "literal":
		value = constant.MakeFromLiteral(request[2], kinds[request[1]], 0)
	case "unary":
		bits := 0
		if len(request) > 3 {
			bits, _ = strconv.Atoi(request[3])
		}
		value = constant.UnaryOp(operators[request[1]], operand(request[2]), uint(bits))
	case "binary":
		x, y := operand(request[2]), operand(request[3])
		if mismatched(x, y) {
			return "unknown"
		}
		op := operators[request[1]]
		if op == token.QUO && x.Kind() == constant.Int && y.Kind() == constant.Int {
			op = token.QUO_ASSIGN
		}
		if op == token.QUO && constant.Compare(y, token.EQL, constant.MakeInt64(0)) {
			return "unknown"
		}
		value = constant.BinaryOp(x, op, y)
	case "shift":
		count, _ := strconv.Atoi(request[3])
		value = constant.Shift(constant.ToInt(operand(request[2])), operators[request[1]], uint(count))
	case "compare":
		x, y := operand(request[2]), operand(request[3])
		if mismatched(x, y) {
			return "unknown"
		}
		value = constant.MakeBool(constant.Compare(x, operators[request[1]], y))
	case "convert":
		tv, err := types.Eval(token.NewFileSet(), nil, token.NoPos, request[1]+"("+request[2]+")")
		if err != nil || tv.Value == nil {
			return "unknown"
		}
		value = tv.Value
	}
	if value.Kind() == constant.Unknown {
		return "unknown"
	}
	return value.ExactString()
}

// mismatched says that only one operand is a string: go/constant promises nothing then.
func mismatched(x, y constant.Value) bool {
	return (x.Kind() == constant.String) != (y.Kind() == constant.String)
}

func operand(text string) constant.Value {
	negative := strings.HasPrefix(text, "-")
	kind, literal, _ := strings.Cut(strings.TrimPrefix(text, "-"), ":")
	value := constant.MakeFromLiteral(literal, kinds[kind], 0)
	if negative {
		return constant.UnaryOp(token.SUB, value, 0)
	}
	return value
}
