// Prints what go/types finds out about every expression of packages, so that our checker can be compared.
//
//	go run main.go [-seed N -one-in M] [-tests] [-loose folder] <patterns>
//
// The packages are listed by the go command in the working directory, with CGO_ENABLED=0, and type-checked from source. The
// output is in lines; the first character says what a line is:
//
//	D  a listed package, as JSON: path, name, directory, files, import map, version of the language
//	P  the path of a package that is reported; what follows, up to a line with a dot, is about it
//	!  an error of the type checker
//	F  the path of a file
//	T  a type; types are numbered from 0 within a package
//	E  an expression:  start end kind mode type [value]
//	d  the definition of a name:  start end type
//	s  what a selector selects:  start end kind indirect index type
//
// Offsets are in UTF-16 units, not counting a byte order mark. Types are written without the names of parameters, with aliases
// replaced by what they stand for, packages by path.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"hash/fnv"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

type listing struct {
	ImportPath string
	Name       string
	Dir        string
	GoFiles    []string
	ImportMap  map[string]string
	Standard   bool
	ForTest    string
	DepOnly    bool
	Module     *struct{ GoVersion string }
	Error      *struct{ Err string }
}

// A description is what the other side needs to read the same package.
type description struct {
	Path      string            `json:"path"`
	Name      string            `json:"name"`
	Dir       string            `json:"dir"`
	Files     []string          `json:"files"`
	ImportMap map[string]string `json:"importMap,omitempty"`
	Standard  bool              `json:"standard,omitempty"`
	Version   string            `json:"version,omitempty"`
}

var (
	fset    = token.NewFileSet()
	listed  = map[string]*listing{}
	loaded  = map[string]*types.Package{"unsafe": types.Unsafe}
	targets = map[string]bool{}
	out     = bufio.NewWriterSize(os.Stdout, 1<<16)
)

func main() {
	seed := flag.Int("seed", 0, "chooses which packages are reported")
	oneIn := flag.Int("one-in", 1, "reports one in so many packages")
	except := flag.String("without-imports-of", "", "reports no package that imports a standard package with this path element")
	loose := flag.String("loose", "", "reports each Go file below this folder as a package of its own, and no package of the patterns")
	tests := flag.Bool("tests", false, "reports the packages with their tests, and the external tests, instead of the packages")
	flag.Parse()
	defer out.Flush()
	order, err := list(flag.Args(), *tests)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if *loose != "" {
		for _, path := range order {
			listed[path].DepOnly = true
		}
		order = append(order, looseFiles(*loose)...)
	}
	for _, path := range order {
		l := listed[path]
		if l.DepOnly || l.Error != nil || len(l.GoFiles) == 0 || path == "unsafe" || !chosen(path, *seed, *oneIn) {
			continue
		}
		// `p.test` is the generated main package of a test.
		if *tests && (l.ForTest == "" || strings.HasSuffix(path, ".test")) {
			continue
		}
		targets[path] = *except == "" || !imports(l, *except)
	}
	for _, path := range order {
		l := listed[path]
		text, _ := json.Marshal(description{l.ImportPath, l.Name, l.Dir, l.GoFiles, l.ImportMap, l.Standard, languageVersion(l)})
		fmt.Fprintf(out, "D%s\n", text)
	}
	// Dependencies come first in the order of the go command, so that a target is checked once, with its bodies.
	for _, path := range order {
		if targets[path] {
			if _, err := load(path); err != nil {
				fmt.Fprintln(os.Stderr, path, err)
			}
		}
	}
}

// looseFiles lists each file that has a package clause as a package named after its place.
func looseFiles(folder string) []string {
	var paths []string
	filepath.WalkDir(folder, func(file string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(file) != ".go" {
			return nil
		}
		parsed, _ := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly)
		if parsed == nil || parsed.Name.Name == "_" {
			return nil
		}
		relative, _ := filepath.Rel(folder, file)
		path := "loose/" + strings.TrimSuffix(filepath.ToSlash(relative), ".go")
		listed[path] = &listing{ImportPath: path, Name: parsed.Name.Name, Dir: filepath.Dir(file), GoFiles: []string{filepath.Base(file)}}
		paths = append(paths, path)
		return nil
	})
	return paths
}

func chosen(path string, seed, oneIn int) bool {
	hash := fnv.New32a()
	fmt.Fprintf(hash, "%d %s", seed, path)
	return hash.Sum32()%uint32(oneIn) == 0
}

func imports(l *listing, element string) bool {
	for _, name := range l.GoFiles {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(l.Dir, name), nil, parser.ImportsOnly)
		if err != nil {
			return true
		}
		for _, spec := range file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if dependency := listed[path]; dependency != nil && dependency.Standard && strings.Contains("/"+path+"/", "/"+element+"/") {
				return true
			}
		}
	}
	return false
}

func list(patterns []string, tests bool) ([]string, error) {
	// Profiles would list packages a second time, as variants for one command.
	arguments := []string{"list", "-e", "-deps", "-pgo=off", "-test=" + strconv.FormatBool(tests), "-json=ImportPath,Name,Dir,GoFiles,ImportMap,Standard,ForTest,DepOnly,Module,Error"}
	command := exec.Command("go", append(arguments, patterns...)...)
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	var stderr bytes.Buffer
	command.Stderr = &stderr
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %v\n%s", err, stderr.String())
	}
	var order []string
	decoder := json.NewDecoder(bytes.NewReader(output))
	for {
		var l listing
		if err := decoder.Decode(&l); err == io.EOF {
			return order, nil
		} else if err != nil {
			return nil, err
		}
		listed[l.ImportPath] = &l
		order = append(order, l.ImportPath)
	}
}

func languageVersion(l *listing) string {
	if l.Module != nil && l.Module.GoVersion != "" {
		return l.Module.GoVersion
	}
	if l.Standard {
		parts := strings.SplitN(strings.Fields(strings.TrimPrefix(runtime.Version(), "go"))[0], ".", 3)
		return parts[0] + "." + parts[1]
	}
	return ""
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

func load(path string) (*types.Package, error) {
	if pkg := loaded[path]; pkg != nil {
		return pkg, nil
	}
	l := listed[path]
	if l == nil {
		return nil, fmt.Errorf("%s is not listed", path)
	}
	sources := map[*ast.File][]byte{}
	var files []*ast.File
	var problems []string
	for _, name := range l.GoFiles {
		full := filepath.Join(l.Dir, name)
		source, err := os.ReadFile(full)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(fset, full, source, parser.SkipObjectResolution|parser.ParseComments)
		if file == nil {
			return nil, err
		}
		if err != nil {
			problems = append(problems, err.Error())
		}
		sources[file] = source
		files = append(files, file)
	}
	config := types.Config{
		IgnoreFuncBodies: !targets[path],
		Sizes:            types.SizesFor("gc", "amd64"),
		Error:            func(err error) { problems = append(problems, err.Error()) },
		Importer: importerFunc(func(imported string) (*types.Package, error) {
			if mapped, ok := l.ImportMap[imported]; ok {
				imported = mapped
			}
			return load(imported)
		}),
	}
	if version := languageVersion(l); version != "" {
		config.GoVersion = "go" + version
	}
	var info *types.Info
	if targets[path] {
		info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	}
	// A package with its tests is listed as `p [p.test]`.
	typesPath, _, _ := strings.Cut(path, " ")
	pkg, _ := config.Check(typesPath, fset, files, info)
	loaded[path] = pkg
	if info != nil {
		fmt.Fprintf(out, "P%s\n", path)
		for _, problem := range problems {
			fmt.Fprintf(out, "!%s\n", strings.ReplaceAll(problem, "\n", " "))
		}
		report(files, sources, info)
		fmt.Fprintln(out, ".")
		out.Flush()
	}
	return pkg, nil
}

func report(files []*ast.File, sources map[*ast.File][]byte, info *types.Info) {
	r := &reporter{info: info, numbers: map[string]int{}, known: map[types.Type]int{}, repeated: map[ast.Expr]bool{}}
	for _, file := range files {
		position := fset.File(file.FileStart)
		fmt.Fprintf(out, "F%s\n", position.Name())
		r.offsets = utf16Offsets(sources[file])
		r.base = position.Base()
		ast.Inspect(file, func(node ast.Node) bool {
			if declaration, ok := node.(*ast.GenDecl); ok && declaration.Tok == token.CONST {
				r.noteRepeated(declaration)
			}
			if expr, ok := node.(ast.Expr); ok {
				r.expression(expr)
			}
			return true
		})
	}
}

type reporter struct {
	info    *types.Info
	numbers map[string]int
	known   map[types.Type]int
	// offsets maps byte offsets; nil for ASCII.
	offsets []int32
	base    int
	// repeated holds expressions that several constants share: go/types keeps the value for one of them.
	repeated map[ast.Expr]bool
}

func (r *reporter) noteRepeated(declaration *ast.GenDecl) {
	var values []ast.Expr
	for _, spec := range declaration.Specs {
		constant := spec.(*ast.ValueSpec)
		if len(constant.Values) > 0 {
			values = constant.Values
			continue
		}
		for _, value := range values {
			ast.Inspect(value, func(node ast.Node) bool {
				if expr, ok := node.(ast.Expr); ok {
					r.repeated[expr] = true
				}
				return true
			})
		}
	}
}

func (r *reporter) at(pos token.Pos) int {
	offset := int(pos) - r.base
	if r.offsets != nil {
		return int(r.offsets[offset])
	}
	return offset
}

// utf16Offsets gives the UTF-16 offset of each byte offset; nil if they are the same.
func utf16Offsets(source []byte) []int32 {
	ascii := true
	for _, b := range source {
		ascii = ascii && b < utf8.RuneSelf
	}
	if ascii {
		return nil
	}
	offsets := make([]int32, len(source)+1)
	at := int32(0)
	for i := 0; i < len(source); {
		r, size := utf8.DecodeRune(source[i:])
		for j := i; j < i+size; j++ {
			offsets[j] = at
		}
		i += size
		switch {
		case r == 0xfeff && i == size:
		case r > 0xffff:
			at += 2
		default:
			at++
		}
	}
	offsets[len(source)] = at
	return offsets
}

func (r *reporter) expression(expr ast.Expr) {
	if tv, ok := r.info.Types[expr]; ok {
		mode, typ := modeOf(expr, tv)
		number := r.number(typ)
		fmt.Fprintf(out, "E%d %d %s %s %d", r.at(expr.Pos()), r.at(expr.End()), kindOf(expr), mode, number)
		if tv.Value != nil && !r.repeated[expr] {
			text := tv.Value.ExactString()
			if tv.Value.Kind() == constant.String {
				// What can be printed depends on the version of Unicode.
				text = strconv.QuoteToASCII(constant.StringVal(tv.Value))
			}
			if len(text) > 120 {
				text = "length " + strconv.Itoa(len(text))
			}
			fmt.Fprintf(out, " %s", text)
		}
		fmt.Fprintln(out)
	}
	switch expr := expr.(type) {
	case *ast.Ident:
		if object := r.info.Defs[expr]; object != nil {
			switch object.(type) {
			case *types.Var, *types.Const, *types.TypeName, *types.Func:
				number := r.number(object.Type())
				fmt.Fprintf(out, "d%d %d %d\n", r.at(expr.Pos()), r.at(expr.End()), number)
			}
		}
	case *ast.SelectorExpr:
		if selection := r.info.Selections[expr]; selection != nil {
			number := r.number(selection.Obj().Type())
			index := make([]string, len(selection.Index()))
			for i, n := range selection.Index() {
				index[i] = strconv.Itoa(n)
			}
			// The index of a method depends on how the method set is sorted.
			if selection.Kind() != types.FieldVal {
				index[len(index)-1] = "m"
			}
			kind := map[types.SelectionKind]string{types.FieldVal: "field", types.MethodVal: "method", types.MethodExpr: "method-expression"}[selection.Kind()]
			fmt.Fprintf(out, "s%d %d %s %v %s %d\n", r.at(expr.Pos()), r.at(expr.End()), kind, selection.Indirect(), strings.Join(index, ","), number)
		}
	}
}

func kindOf(expr ast.Expr) string {
	if _, ok := expr.(*ast.IndexListExpr); ok {
		return "IndexExpr"
	}
	return reflect.TypeOf(expr).Elem().Name()
}

func modeOf(expr ast.Expr, tv types.TypeAndValue) (string, types.Type) {
	typ := tv.Type
	if tuple, ok := typ.(*types.Tuple); ok && tuple.Len() == 2 && tv.HasOk() {
		typ = tuple.At(0).Type()
	}
	switch {
	case tv.IsVoid():
		return "novalue", typ
	case tv.IsType():
		return "type", typ
	case tv.IsBuiltin():
		return "builtin", typ
	case tv.Value != nil:
		return "constant", typ
	case tv.IsNil():
		return "nil", typ
	case tv.Addressable():
		return "variable", typ
	case tv.Assignable():
		return "map-index", typ
	case tv.HasOk():
		return "comma-ok", typ
	}
	return "value", typ
}

// number prints a type before it is first used.
func (r *reporter) number(typ types.Type) int {
	if n, ok := r.known[typ]; ok {
		return n
	}
	class := classOf(typ)
	text := class + " " + write(typ)
	n, ok := r.numbers[text]
	if !ok {
		n = len(r.numbers)
		r.numbers[text] = n
		fmt.Fprintf(out, "T%s\n", text)
	}
	if typ != nil {
		r.known[typ] = n
	}
	return n
}

func classOf(typ types.Type) string {
	switch t := types.Unalias(typ).(type) {
	case nil:
		return "none"
	case *types.Basic:
		if t.Kind() == types.Invalid {
			return "invalid"
		}
		if t.Info()&types.IsUntyped != 0 || t.Kind() == types.UntypedNil {
			return "untyped"
		}
		return "basic"
	case *types.Signature:
		return "func"
	case *types.TypeParam:
		return "typeparam"
	default:
		return strings.ToLower(reflect.TypeOf(t).Elem().Name())
	}
}

func write(typ types.Type) string {
	switch t := typ.(type) {
	case nil:
		return "none"
	case *types.Alias:
		return write(types.Unalias(t))
	case *types.Basic:
		switch t.Kind() {
		case types.Uint8:
			return "uint8"
		case types.Int32:
			return "int32"
		case types.UnsafePointer:
			return "unsafe.Pointer"
		}
		return t.Name()
	case *types.Named:
		name := t.Obj().Name()
		if pkg := t.Obj().Pkg(); pkg != nil {
			name = pkg.Path() + "." + name
		}
		if t.TypeArgs().Len() == 0 {
			return name
		}
		arguments := make([]string, t.TypeArgs().Len())
		for i := range arguments {
			arguments[i] = write(t.TypeArgs().At(i))
		}
		return name + "[" + strings.Join(arguments, ",") + "]"
	case *types.TypeParam:
		return t.Obj().Name()
	case *types.Pointer:
		return "*" + write(t.Elem())
	case *types.Slice:
		return "[]" + write(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), write(t.Elem()))
	case *types.Map:
		return "map[" + write(t.Key()) + "]" + write(t.Elem())
	case *types.Chan:
		return []string{"chan", "chan<-", "<-chan"}[t.Dir()] + "(" + write(t.Elem()) + ")"
	case *types.Struct:
		fields := make([]string, t.NumFields())
		for i := range fields {
			field := t.Field(i)
			fields[i] = field.Name() + " " + write(field.Type())
			if field.Embedded() {
				fields[i] = write(field.Type())
			}
			if t.Tag(i) != "" {
				fields[i] += strconv.QuoteToASCII(t.Tag(i))
			}
		}
		return "struct{" + strings.Join(fields, ";") + "}"
	case *types.Interface:
		var parts []string
		for i := 0; i < t.NumExplicitMethods(); i++ {
			m := t.ExplicitMethod(i)
			parts = append(parts, m.Name()+signature(m.Type().(*types.Signature)))
		}
		for i := 0; i < t.NumEmbeddeds(); i++ {
			parts = append(parts, write(t.EmbeddedType(i)))
		}
		if len(parts) == 0 {
			return "any"
		}
		sort.Strings(parts)
		return "interface{" + strings.Join(parts, ";") + "}"
	case *types.Signature:
		return "func" + signature(t)
	case *types.Tuple:
		return "(" + tuple(t, false) + ")"
	case *types.Union:
		terms := make([]string, t.Len())
		for i := range terms {
			if t.Term(i).Tilde() {
				terms[i] = "~"
			}
			terms[i] += write(t.Term(i).Type())
		}
		return strings.Join(terms, "|")
	}
	panic(fmt.Sprintf("unexpected type %T", typ))
}

func signature(s *types.Signature) string {
	text := ""
	if list := s.TypeParams(); list.Len() > 0 {
		parameters := make([]string, list.Len())
		for i := range parameters {
			constraint := write(list.At(i).Constraint())
			if !types.IsInterface(list.At(i).Constraint()) {
				constraint = "interface{" + constraint + "}"
			}
			parameters[i] = list.At(i).Obj().Name() + " " + constraint
		}
		text = "[" + strings.Join(parameters, ",") + "]"
	}
	text += "(" + tuple(s.Params(), s.Variadic()) + ")"
	if s.Results().Len() > 0 {
		text += "(" + tuple(s.Results(), false) + ")"
	}
	return text
}

func tuple(t *types.Tuple, variadic bool) string {
	parts := make([]string, t.Len())
	for i := range parts {
		parts[i] = write(t.At(i).Type())
		if variadic && i == len(parts)-1 {
			// append([]byte, string...) has a string there.
			if slice, ok := t.At(i).Type().(*types.Slice); ok {
				parts[i] = "..." + write(slice.Elem())
			} else {
				parts[i] = "..." + parts[i]
			}
		}
	}
	return strings.Join(parts, ",")
}
