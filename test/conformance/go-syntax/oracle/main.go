// Prints the syntax trees that go/parser reads, for comparison. Paths come on standard input, one a line. For each it prints the path, the number of
// lines of the tree and their hash; with the argument "trees", the lines themselves, each indented by a tab. For a file that go/parser rejects,
// it prints the path, "error" and the first message.
//
// A line is the depth, kind and span of a node and what else there is to it; then come the comments. Positions are UTF-16 offsets.
package main

import (
	"bufio"
	"crypto/sha1"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"reflect"
	"strings"
	"unicode/utf8"
)

func main() {
	trees := len(os.Args) > 1 && os.Args[1] == "trees"
	paths := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for paths.Scan() {
		path := paths.Text()
		lines, err := treeOf(path)
		if err != nil {
			fmt.Fprintf(out, "%s\terror\t%s\n", path, strings.ReplaceAll(err.Error(), "\n", " "))
			continue
		}
		fmt.Fprintf(out, "%s\t%d\t%x\n", path, len(lines), sha1.Sum([]byte(strings.Join(lines, "\n"))))
		if trees {
			fmt.Fprintf(out, "\t%s\n", strings.Join(lines, "\n\t"))
		}
	}
}

func treeOf(path string) ([]string, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution|parser.ParseComments|parser.AllErrors)
	if list, ok := err.(scanner.ErrorList); ok {
		return nil, fmt.Errorf("%s", messages(list))
	}
	if err != nil {
		return nil, err
	}
	p := &printer{offsets: utf16Offsets(source), base: files.File(file.Package).Base()}
	p.add(0, "Package", file.Package, file.Package, "")
	ast.Walk(visitor{p, 0}, file)
	for _, group := range file.Comments {
		for _, comment := range group.List {
			// The text has lost its carriage returns, so that it does not tell where the comment ends.
			p.lines = append(p.lines, fmt.Sprintf("Comment %d %s", p.offset(comment.Slash), strings.ReplaceAll(comment.Text, "\n", "\\n")))
		}
	}
	return p.lines, nil
}

// All messages, because some are about rules that are not the grammar's.
func messages(list scanner.ErrorList) string {
	var texts []string
	for _, err := range list {
		texts = append(texts, err.Msg)
	}
	return strings.Join(texts, "; ")
}

// utf16Offsets returns the UTF-16 offset for each byte offset, or nil if they are the same.
func utf16Offsets(source []byte) []int {
	ascii := true
	for _, b := range source {
		ascii = ascii && b < utf8.RuneSelf
	}
	if ascii {
		return nil
	}
	offsets := make([]int, len(source)+1)
	units := 0
	for i := 0; i < len(source); {
		r, width := utf8.DecodeRune(source[i:])
		for k := 0; k < width; k++ {
			offsets[i+k] = units
		}
		units++
		if r > 0xffff {
			units++
		}
		i += width
	}
	offsets[len(source)] = units
	return offsets
}

type printer struct {
	offsets []int
	base    int
	lines   []string
}

func (p *printer) offset(pos token.Pos) int {
	if !pos.IsValid() {
		return -1
	}
	offset := int(pos) - p.base
	if p.offsets == nil {
		return offset
	}
	return p.offsets[offset]
}

func (p *printer) add(depth int, kind string, pos, end token.Pos, more string) {
	p.lines = append(p.lines, fmt.Sprintf("%d %s %d %d%s", depth, kind, p.offset(pos), p.offset(end), more))
}

type visitor struct {
	*printer
	depth int
}

func (v visitor) Visit(node ast.Node) ast.Visitor {
	switch node := node.(type) {
	case nil, *ast.Comment, *ast.CommentGroup:
		return nil
	case *ast.File:
		return visitor{v.printer, 1}
	default:
		kind := reflect.TypeOf(node).Elem().Name()
		if kind == "IndexListExpr" {
			kind = "IndexExpr"
		}
		v.add(v.depth, kind, node.Pos(), node.End(), v.details(node))
		return visitor{v.printer, v.depth + 1}
	}
}

// details says what the children of a node do not: names, operators, literals, positions, and which of several optional children are there.
func (v visitor) details(node ast.Node) string {
	switch n := node.(type) {
	case *ast.Ident:
		return " " + n.Name
	case *ast.BasicLit:
		return fmt.Sprintf(" %s %s", n.Kind, strings.ReplaceAll(n.Value, "\n", "\\n"))
	case *ast.CompositeLit:
		return fmt.Sprintf(" %d %t", v.offset(n.Lbrace), n.Type != nil)
	case *ast.IndexExpr:
		return fmt.Sprintf(" %d", v.offset(n.Lbrack))
	case *ast.IndexListExpr:
		return fmt.Sprintf(" %d", v.offset(n.Lbrack))
	case *ast.SliceExpr:
		return fmt.Sprintf(" %t %t %t", n.Low != nil, n.High != nil, n.Max != nil)
	case *ast.CallExpr:
		return fmt.Sprintf(" %d %t", v.offset(n.Lparen), n.Ellipsis.IsValid())
	case *ast.UnaryExpr:
		return " " + n.Op.String()
	case *ast.BinaryExpr:
		return fmt.Sprintf(" %s %d", n.Op, v.offset(n.OpPos))
	case *ast.ArrayType:
		return fmt.Sprintf(" %t", n.Len != nil)
	case *ast.FuncType:
		return fmt.Sprintf(" %t %t", n.TypeParams != nil, n.Results != nil)
	case *ast.ChanType:
		return fmt.Sprintf(" %d %d", n.Dir, v.offset(n.Arrow))
	case *ast.Field:
		return fmt.Sprintf(" %d %t", len(n.Names), n.Tag != nil)
	case *ast.SendStmt:
		return fmt.Sprintf(" %d", v.offset(n.Arrow))
	case *ast.IncDecStmt:
		return " " + n.Tok.String()
	case *ast.AssignStmt:
		return fmt.Sprintf(" %d %s %d", len(n.Lhs), n.Tok, v.offset(n.TokPos))
	case *ast.BranchStmt:
		return " " + n.Tok.String()
	case *ast.IfStmt:
		return fmt.Sprintf(" %t %t", n.Init != nil, n.Else != nil)
	case *ast.CaseClause:
		return fmt.Sprintf(" %t %d %d", n.List == nil, len(n.List), v.offset(n.Colon))
	case *ast.SwitchStmt:
		return fmt.Sprintf(" %t %t", n.Init != nil, n.Tag != nil)
	case *ast.TypeSwitchStmt:
		return fmt.Sprintf(" %t", n.Init != nil)
	case *ast.CommClause:
		return fmt.Sprintf(" %t %d", n.Comm == nil, v.offset(n.Colon))
	case *ast.ForStmt:
		return fmt.Sprintf(" %t %t %t", n.Init != nil, n.Cond != nil, n.Post != nil)
	case *ast.RangeStmt:
		return fmt.Sprintf(" %t %t %s %d %d", n.Key != nil, n.Value != nil, n.Tok, v.offset(n.TokPos), v.offset(n.Range))
	case *ast.GenDecl:
		return fmt.Sprintf(" %s %d", n.Tok, v.offset(n.Lparen))
	case *ast.ImportSpec:
		return fmt.Sprintf(" %t", n.Name != nil)
	case *ast.ValueSpec:
		return fmt.Sprintf(" %d %t", len(n.Names), n.Type != nil)
	case *ast.TypeSpec:
		return fmt.Sprintf(" %t %t", n.TypeParams != nil, n.Assign.IsValid())
	case *ast.FuncDecl:
		return fmt.Sprintf(" %t %t", n.Recv != nil, n.Body != nil)
	}
	return ""
}
