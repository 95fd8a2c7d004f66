package main

import (
	"cmp"
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"math/big"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A writer writes packages as Go source without function bodies: what is exported, and what that mentions of unexported
// and internal types. Writing one package may reach types of another, so that everything is written again until nothing
// new is reached.
type writer struct {
	world   *world
	history *history
	sizes   types.Sizes
	// reached holds the unexported and internal types that are mentioned.
	reached map[*types.TypeName]bool
	// wanted holds the unexported methods that interfaces ask for, as `path.name`.
	wanted map[string]bool
	// section is the package being written.
	section *section
}

type section struct {
	// pkg is nil while types are written for comparison, with the paths of their packages.
	pkg *types.Package
	// aliases names the imports; names are the identifiers they must not take.
	aliases map[string]string
	names   map[string]bool
	since   int
}

func newWriter(w *world, h *history) *writer {
	return &writer{world: w, history: h, sizes: types.SizesFor("gc", w.platform.goarch), reached: map[*types.TypeName]bool{}, wanted: map[string]bool{}}
}

// all writes the packages and every internal package they reach, by path.
func (w *writer) all(paths []string) (map[string]string, error) {
	for {
		texts := map[string]string{}
		reached, wanted := len(w.reached), len(w.wanted)
		todo := append([]string{}, paths...)
		for name := range w.reached {
			todo = append(todo, name.Pkg().Path())
		}
		sort.Strings(todo)
		for _, path := range todo {
			if _, done := texts[path]; done {
				continue
			}
			pkg, err := w.world.load(path)
			if err != nil {
				return nil, err
			}
			texts[path] = w.writePackage(pkg)
		}
		if reached == len(w.reached) && wanted == len(w.wanted) {
			return texts, nil
		}
	}
}

func (w *writer) writePackage(pkg *types.Package) string {
	w.section = &section{pkg: pkg, aliases: map[string]string{}, names: map[string]bool{}}
	if public(pkg.Path()) {
		w.section.since = w.history.ofPackage(pkg.Path())
	}
	scope := pkg.Scope()
	var objects []types.Object
	for _, name := range scope.Names() {
		object := scope.Lookup(name)
		if w.written(object) {
			objects = append(objects, object)
			w.section.names[name] = true
		}
	}
	var lines []string
	lines = append(lines, w.constants(objects)...)
	lines = append(lines, w.variables(objects)...)
	for _, object := range objects {
		switch object := object.(type) {
		case *types.TypeName:
			lines = append(lines, w.typeDeclaration(object)...)
		case *types.Func:
			lines = append(lines, "func "+object.Name()+w.signature(object.Signature(), true)+w.mark(w.sinceOf(object.Name()), w.section.since))
		}
	}
	promoted := w.promoted(objects)
	head := "package " + pkg.Name() + w.mark(w.section.since, 0) + "\n"
	var imports []string
	for path, alias := range w.section.aliases {
		if path == alias || strings.HasSuffix(path, "/"+alias) {
			imports = append(imports, strconv.Quote(path))
		} else {
			imports = append(imports, alias+" "+strconv.Quote(path))
		}
	}
	if len(imports) > 0 {
		sort.Strings(imports)
		head += "import(" + strings.Join(imports, ";") + ")\n"
	}
	return head + strings.Join(append(lines, promoted...), "\n") + "\n"
}

func (w *writer) written(object types.Object) bool {
	if name, ok := object.(*types.TypeName); ok && w.reached[name] {
		return true
	}
	return object.Exported() && public(object.Pkg().Path())
}

// sinceOf is the release of a symbol of the package being written.
func (w *writer) sinceOf(symbol string) int {
	if !public(w.section.pkg.Path()) {
		return 0
	}
	return w.history.of(w.section.pkg.Path(), symbol)
}

// mark is the comment that states a release unless it is clear from the context.
func (w *writer) mark(since, context int) string {
	if since <= context {
		return ""
	}
	return "//" + strconv.Itoa(since)
}

// constants writes one line for all constants of a type and release.
func (w *writer) constants(objects []types.Object) []string {
	groups := newGroups()
	for _, object := range inSourceOrder(objects) {
		if c, ok := object.(*types.Const); ok {
			typ := ""
			if basic, ok := c.Type().(*types.Basic); !ok || basic.Info()&types.IsUntyped == 0 {
				typ = w.typ(c.Type())
			}
			value := literal(c.Val(), c.Type())
			kind := typ
			if typ == "" {
				kind = c.Type().String()
			}
			groups.add(kind, w.sinceOf(c.Name()), entry{c.Name(), typ, value})
		}
	}
	return groups.lines(func(entries []entry, since int) string {
		values := make([]string, len(entries))
		for i, e := range entries {
			values[i] = e.value
		}
		return "const " + namesOf(entries) + entries[0].typ + "=" + strings.Join(values, ",") + w.mark(since, w.section.since)
	})
}

// inSourceOrder sorts by position, so that neighbouring values resemble each other: the facts are shipped compressed.
func inSourceOrder(objects []types.Object) []types.Object {
	sorted := slices.Clone(objects)
	slices.SortStableFunc(sorted, func(a, b types.Object) int { return cmp.Compare(a.Pos(), b.Pos()) })
	return sorted
}

func (w *writer) variables(objects []types.Object) []string {
	groups := newGroups()
	for _, object := range objects {
		if v, ok := object.(*types.Var); ok {
			typ := w.typ(v.Type())
			groups.add(typ, w.sinceOf(v.Name()), entry{v.Name(), typ, ""})
		}
	}
	return groups.lines(func(entries []entry, since int) string {
		return "var " + namesOf(entries) + entries[0].typ + w.mark(since, w.section.since)
	})
}

type entry struct{ name, typ, value string }

type groups struct {
	order   []string
	entries map[string][]entry
	since   map[string]int
}

func newGroups() *groups { return &groups{entries: map[string][]entry{}, since: map[string]int{}} }

func (g *groups) add(kind string, since int, e entry) {
	key := fmt.Sprintf("%s\x00%d", kind, since)
	if _, ok := g.entries[key]; !ok {
		g.order = append(g.order, key)
	}
	g.entries[key] = append(g.entries[key], e)
	g.since[key] = since
}

func (g *groups) lines(write func(entries []entry, since int) string) []string {
	var lines []string
	for _, key := range g.order {
		lines = append(lines, write(g.entries[key], g.since[key]))
	}
	return lines
}

// namesOf ends with a space if a type follows.
func namesOf(entries []entry) string {
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.name
	}
	list := strings.Join(names, ",")
	if entries[0].typ != "" {
		list += " "
	}
	return list
}

// typeDeclaration writes a type and its methods, a line each.
func (w *writer) typeDeclaration(name *types.TypeName) []string {
	since := w.sinceOf(name.Name())
	if !name.Exported() {
		since = w.section.since
	}
	if alias, ok := name.Type().(*types.Alias); name.IsAlias() {
		parameters, target := "", name.Type()
		if ok {
			parameters, target = w.typeParameters(alias.TypeParams()), alias.Rhs()
		}
		return []string{"type " + name.Name() + parameters + "=" + w.typ(target) + w.mark(since, w.section.since)}
	}
	named := name.Type().(*types.Named)
	body := ""
	switch underlying := named.Underlying().(type) {
	case *types.Struct:
		body = w.structType(underlying, structContext{owner: name.Name(), since: since, generic: named.TypeParams().Len() > 0})
	case *types.Interface:
		body = w.interfaceType(underlying, name.Name(), since)
	default:
		body = w.typ(underlying)
	}
	lines := []string{"type " + name.Name() + w.typeParameters(named.TypeParams()) + " " + body + w.mark(since, w.section.since)}
	methods := make([]*types.Func, named.NumMethods())
	for i := range methods {
		methods[i] = named.Method(i)
	}
	sort.Slice(methods, func(i, j int) bool { return methods[i].Name() < methods[j].Name() })
	for _, m := range methods {
		if !m.Exported() && !w.wanted[m.Pkg().Path()+"."+m.Name()] {
			continue
		}
		introduced := since
		if m.Exported() {
			introduced = w.sinceOfMethod(name, m)
		}
		lines = append(lines, "func("+w.receiver(m)+")"+m.Name()+w.signature(m.Signature(), true)+w.mark(introduced, since))
	}
	return lines
}

// sinceOfMethod gives a method of an unexported type the release of the oldest exported type that promotes it.
func (w *writer) sinceOfMethod(name *types.TypeName, method *types.Func) int {
	if name.Exported() || !public(w.section.pkg.Path()) {
		return w.sinceOf(name.Name() + "." + method.Name())
	}
	oldest := -1
	scope := w.section.pkg.Scope()
	for _, other := range scope.Names() {
		promoting, ok := scope.Lookup(other).(*types.TypeName)
		if !ok || !promoting.Exported() || promoting.IsAlias() {
			continue
		}
		object, _, _ := types.LookupFieldOrMethod(promoting.Type(), true, w.section.pkg, method.Name())
		if object != method {
			continue
		}
		if since := w.sinceOf(other + "." + method.Name()); oldest < 0 || since < oldest {
			oldest = since
		}
	}
	return max(oldest, 0)
}

// promoted lists the methods whose release does not follow from where they are written: those that types got later than
// themselves through an embedded field, and those of aliases whose target is newer: `//+Type.Method N`.
func (w *writer) promoted(objects []types.Object) []string {
	if !public(w.section.pkg.Path()) {
		return nil
	}
	var lines []string
	for _, object := range objects {
		name, ok := object.(*types.TypeName)
		if !ok || !name.Exported() || (types.IsInterface(name.Type()) && !name.IsAlias()) {
			continue
		}
		receiver := name.Type()
		if !types.IsInterface(receiver) {
			receiver = types.NewPointer(receiver)
		}
		set := types.NewMethodSet(receiver)
		var methods []string
		for i := range set.Len() {
			selection := set.At(i)
			if (len(selection.Index()) < 2 && !name.IsAlias()) || !selection.Obj().Exported() {
				continue
			}
			since, listed := w.history.symbols[w.section.pkg.Path()][name.Name()+"."+selection.Obj().Name()]
			if listed && (since > w.sinceOf(name.Name()) || w.sinceOfTarget(name) > since) {
				methods = append(methods, selection.Obj().Name()+" "+strconv.Itoa(since))
			}
		}
		if len(methods) > 0 {
			lines = append(lines, "//+"+name.Name()+"."+strings.Join(methods, ","))
		}
	}
	return lines
}

// sinceOfTarget is the release of the type that an alias names, 0 for other types.
func (w *writer) sinceOfTarget(name *types.TypeName) int {
	named, ok := types.Unalias(name.Type()).(*types.Named)
	if !ok || !name.IsAlias() || named.Obj().Pkg() == nil || !public(named.Obj().Pkg().Path()) {
		return 0
	}
	return w.history.of(named.Obj().Pkg().Path(), named.Obj().Name())
}

func (w *writer) receiver(method *types.Func) string {
	typ := method.Signature().Recv().Type()
	star := ""
	if pointer, ok := typ.(*types.Pointer); ok {
		star, typ = "*", pointer.Elem()
	}
	named := types.Unalias(typ).(*types.Named)
	parameters := ""
	if list := method.Signature().RecvTypeParams(); list.Len() > 0 {
		names := make([]string, list.Len())
		for i := range names {
			names[i] = list.At(i).Obj().Name()
		}
		parameters = "[" + strings.Join(names, ",") + "]"
	}
	return star + named.Obj().Name() + parameters
}

type structContext struct {
	// owner is empty for a struct type without a name.
	owner   string
	since   int
	generic bool
}

// structType writes exported and embedded fields, and those that hold a lock. Other fields become blank ones that keep
// the size and whether values can be compared.
func (w *writer) structType(s *types.Struct, context structContext) string {
	fields := make([]*types.Var, s.NumFields())
	for i := range fields {
		fields[i] = s.Field(i)
	}
	var parts fieldList
	for i := 0; i < len(fields); {
		field := fields[i]
		if field.Exported() || field.Embedded() || holdsLock(field.Type(), nil) {
			since := context.since
			if field.Exported() && context.owner != "" && token.IsExported(context.owner) {
				since = w.sinceOf(context.owner + "." + field.Name())
			}
			tag := ""
			if context.owner == "" && s.Tag(i) != "" {
				tag = strconv.QuoteToASCII(s.Tag(i))
			}
			parts.add(field, w.typ(field.Type()), tag, w.mark(since, context.since))
			i++
			continue
		}
		end := i
		for end < len(fields) && !fields[end].Exported() && !fields[end].Embedded() && !holdsLock(fields[end].Type(), nil) {
			end++
		}
		if context.generic {
			w.genericFillers(fields[i:end], &parts)
		} else {
			w.fillers(fields, i, end, &parts)
		}
		i = end
	}
	return "struct{" + parts.String() + "}"
}

// A fieldList joins neighbours of one type.
type fieldList struct {
	text     strings.Builder
	names    []string
	typ      string
	tag      string
	mark     string
	embedded bool
	begun    bool
}

func (l *fieldList) add(field *types.Var, typ, tag, mark string) {
	if field.Embedded() {
		l.flush()
		l.write(typ, tag, mark)
		return
	}
	l.addName(field.Name(), typ, tag, mark)
}

func (l *fieldList) addName(name, typ, tag, mark string) {
	if len(l.names) > 0 && (l.typ != typ || l.tag != tag || l.mark != mark || tag != "") {
		l.flush()
	}
	l.names, l.typ, l.tag, l.mark = append(l.names, name), typ, tag, mark
}

func (l *fieldList) flush() {
	if len(l.names) > 0 {
		l.write(strings.Join(l.names, ",")+" "+l.typ, l.tag, l.mark)
		l.names = nil
	}
}

// write ends a field with its mark and a newline, or separates it by a semicolon.
func (l *fieldList) write(text, tag, mark string) {
	if l.begun && !strings.HasSuffix(l.text.String(), "\n") {
		l.text.WriteString(";")
	}
	l.begun = true
	l.text.WriteString(text + tag)
	if mark != "" {
		l.text.WriteString(mark + "\n")
	}
}

func (l *fieldList) String() string {
	l.flush()
	return l.text.String()
}

func (w *writer) fillers(fields []*types.Var, start, end int, parts *fieldList) {
	offsets := w.sizes.Offsetsof(fields)
	comparable := true
	align := int64(1)
	for _, field := range fields[start:end] {
		comparable = comparable && types.Comparable(field.Type())
		align = max(align, w.sizes.Alignof(field.Type()))
	}
	at := offsets[start]
	until := offsets[end-1] + w.sizes.Sizeof(fields[end-1].Type())
	if rest := (align - at%align) % align; rest > 0 {
		rest = min(rest, until-at)
		parts.addName("_", arrayOf(rest, 1), "", "")
		at += rest
	}
	// What cannot be compared is as aligned as a function, so that this takes no room here.
	if !comparable {
		parts.addName("_", "[0]func()", "", "")
	}
	if at == until && comparable {
		parts.addName("_", "struct{}", "", "")
	}
	if count := (until - at) / align; count > 0 {
		parts.addName("_", arrayOf(count, align), "", "")
		at += count * align
	}
	if until > at {
		parts.addName("_", arrayOf(until-at, 1), "", "")
	}
}

func arrayOf(count, width int64) string {
	element := fmt.Sprintf("uint%d", 8*width)
	if count == 1 {
		return element
	}
	return fmt.Sprintf("[%d]%s", count, element)
}

// genericFillers keeps fields whose type can be written without unexported names; sizes may depend on type arguments.
func (w *writer) genericFillers(fields []*types.Var, parts *fieldList) {
	for _, field := range fields {
		typ := "uintptr"
		if mentionsOnlyPublic(field.Type()) {
			typ = w.typ(field.Type())
		} else if !types.Comparable(field.Type()) {
			typ = "func()"
		}
		parts.addName("_", typ, "", "")
	}
}

func mentionsOnlyPublic(typ types.Type) bool {
	switch t := typ.(type) {
	case *types.Basic, *types.TypeParam:
		return true
	case *types.Pointer:
		return mentionsOnlyPublic(t.Elem())
	case *types.Slice:
		return mentionsOnlyPublic(t.Elem())
	case *types.Array:
		return mentionsOnlyPublic(t.Elem())
	case *types.Map:
		return mentionsOnlyPublic(t.Key()) && mentionsOnlyPublic(t.Elem())
	case *types.Named:
		if t.TypeArgs().Len() > 0 {
			return false
		}
		return t.Obj().Pkg() == nil || (t.Obj().Exported() && public(t.Obj().Pkg().Path()))
	}
	return false
}

// holdsLock says that a value must not be copied: a pointer to it, or to a part of it, is a sync.Locker, and the value is not.
func holdsLock(typ types.Type, seen map[types.Type]bool) bool {
	if seen == nil {
		seen = map[types.Type]bool{}
	}
	if seen[typ] {
		return false
	}
	seen[typ] = true
	if array, ok := typ.Underlying().(*types.Array); ok {
		return holdsLock(array.Elem(), seen)
	}
	s, ok := typ.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	if isLocker(types.NewPointer(typ)) && !isLocker(typ) {
		return true
	}
	for i := range s.NumFields() {
		if holdsLock(s.Field(i).Type(), seen) {
			return true
		}
	}
	return false
}

func isLocker(typ types.Type) bool {
	set := types.NewMethodSet(typ)
	plain := func(name string) bool {
		selection := set.Lookup(nil, name)
		if selection == nil {
			return false
		}
		signature := selection.Type().(*types.Signature)
		return signature.Params().Len() == 0 && signature.Results().Len() == 0
	}
	return plain("Lock") && plain("Unlock")
}

// interfaceType writes an interface; owner is empty for one without a name.
func (w *writer) interfaceType(t *types.Interface, owner string, since int) string {
	if t.IsImplicit() {
		return w.typ(t.EmbeddedType(0))
	}
	var parts fieldList
	methods := make([]*types.Func, t.NumExplicitMethods())
	for i := range methods {
		methods[i] = t.ExplicitMethod(i)
	}
	sort.Slice(methods, func(i, j int) bool { return methods[i].Name() < methods[j].Name() })
	for _, m := range methods {
		mark := ""
		if m.Exported() && owner != "" && token.IsExported(owner) {
			mark = w.mark(w.sinceOf(owner+"."+m.Name()), since)
		}
		if !m.Exported() {
			w.wanted[m.Pkg().Path()+"."+m.Name()] = true
		}
		parts.write(m.Name()+w.signature(m.Signature(), true), "", mark)
	}
	for i := range t.NumEmbeddeds() {
		parts.write(w.typ(t.EmbeddedType(i)), "", "")
	}
	return "interface{" + parts.String() + "}"
}

func (w *writer) typ(typ types.Type) string {
	switch t := typ.(type) {
	case *types.Basic:
		if t.Kind() == types.UnsafePointer {
			return w.importName(types.Unsafe) + ".Pointer"
		}
		return t.Name()
	case *types.Alias:
		return w.typeName(t.Obj()) + w.typeArguments(t.TypeArgs())
	case *types.Named:
		return w.typeName(t.Obj()) + w.typeArguments(t.TypeArgs())
	case *types.TypeParam:
		return t.Obj().Name()
	case *types.Pointer:
		return "*" + w.typ(t.Elem())
	case *types.Slice:
		return "[]" + w.typ(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), w.typ(t.Elem()))
	case *types.Map:
		return "map[" + w.typ(t.Key()) + "]" + w.typ(t.Elem())
	case *types.Chan:
		return w.channel(t)
	case *types.Struct:
		return w.structType(t, structContext{})
	case *types.Interface:
		return w.interfaceType(t, "", 0)
	case *types.Signature:
		return "func" + w.signature(t, true)
	case *types.Union:
		terms := make([]string, t.Len())
		for i := range terms {
			if t.Term(i).Tilde() {
				terms[i] = "~"
			}
			terms[i] += w.typ(t.Term(i).Type())
		}
		return strings.Join(terms, "|")
	}
	panic(fmt.Sprintf("unexpected type %T", typ))
}

func (w *writer) channel(t *types.Chan) string {
	elem := w.typ(t.Elem())
	switch t.Dir() {
	case types.SendOnly:
		return "chan<- " + elem
	case types.RecvOnly:
		return "<-chan " + elem
	}
	if inner, ok := t.Elem().(*types.Chan); ok && inner.Dir() == types.RecvOnly {
		return "chan (" + elem + ")"
	}
	return "chan " + elem
}

func (w *writer) typeName(name *types.TypeName) string {
	if name.Pkg() == nil {
		return name.Name()
	}
	if !name.Exported() || !public(name.Pkg().Path()) {
		w.reached[name] = true
	}
	if name.Pkg() == w.section.pkg {
		return name.Name()
	}
	return w.importName(name.Pkg()) + "." + name.Name()
}

func (w *writer) importName(pkg *types.Package) string {
	if w.section.pkg == nil {
		return pkg.Path()
	}
	if alias, ok := w.section.aliases[pkg.Path()]; ok {
		return alias
	}
	alias := pkg.Name()
	for w.section.names[alias] {
		alias += "_"
	}
	w.section.names[alias] = true
	w.section.aliases[pkg.Path()] = alias
	return alias
}

func (w *writer) typeArguments(list *types.TypeList) string {
	if list.Len() == 0 {
		return ""
	}
	texts := make([]string, list.Len())
	for i := range texts {
		texts[i] = w.typ(list.At(i))
	}
	return "[" + strings.Join(texts, ",") + "]"
}

func (w *writer) typeParameters(list *types.TypeParamList) string {
	if list.Len() == 0 {
		return ""
	}
	texts := make([]string, list.Len())
	for i := range texts {
		texts[i] = list.At(i).Obj().Name() + " " + w.typ(list.At(i).Constraint())
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// signature writes type parameters, parameters and results without names.
func (w *writer) signature(s *types.Signature, parameters bool) string {
	text := ""
	if parameters {
		text = w.typeParameters(s.TypeParams())
	}
	text += "(" + w.tuple(s.Params(), s.Variadic()) + ")"
	switch s.Results().Len() {
	case 0:
		return text
	case 1:
		result := w.tuple(s.Results(), false)
		// A result type that begins with a parenthesis does not exist, so that no separator is needed.
		if first := result[0]; first == '*' || first == '[' || first == '<' {
			return text + result
		}
		return text + " " + result
	}
	return text + "(" + w.tuple(s.Results(), false) + ")"
}

func (w *writer) tuple(t *types.Tuple, variadic bool) string {
	texts := make([]string, t.Len())
	for i := range texts {
		typ := t.At(i).Type()
		if variadic && i == len(texts)-1 {
			if slice, ok := typ.(*types.Slice); ok {
				texts[i] = "..." + w.typ(slice.Elem())
				continue
			}
		}
		texts[i] = w.typ(typ)
	}
	return strings.Join(texts, ",")
}

// literal writes a constant so that it has the same value and, if untyped, the same default type.
func literal(value constant.Value, typ types.Type) string {
	basic, _ := typ.Underlying().(*types.Basic)
	switch value.Kind() {
	case constant.String:
		return strconv.QuoteToASCII(constant.StringVal(value))
	case constant.Int:
		if basic.Kind() == types.UntypedRune {
			code, _ := constant.Int64Val(value)
			if utf8.ValidRune(rune(code)) {
				return strconv.QuoteRuneToASCII(rune(code))
			}
			return "'\\x00'+" + value.ExactString()
		}
		if basic.Info()&types.IsFloat == 0 || basic.Info()&types.IsUntyped == 0 {
			return value.ExactString()
		}
		return floatLiteral(value)
	case constant.Float:
		return floatLiteral(value)
	case constant.Complex:
		return "(" + literal(constant.Real(value), typ) + "+" + floatLiteral(constant.Imag(value)) + "i)"
	}
	return value.ExactString()
}

func floatLiteral(value constant.Value) string {
	rational, ok := new(big.Rat).SetString(constant.ToFloat(value).ExactString())
	if !ok {
		panic("no fraction: " + value.ExactString())
	}
	num, den := new(big.Int).Set(rational.Num()), new(big.Int).Set(rational.Denom())
	// A power of two in a hexadecimal literal; sign, digits and exponent are exact.
	if shift := den.BitLen() - 1; new(big.Int).Lsh(big.NewInt(1), uint(shift)).Cmp(den) == 0 {
		zeros := 0
		if num.Sign() != 0 {
			zeros = int(num.TrailingZeroBits())
		}
		if shift == 0 && len(num.String()) < 16 {
			return num.String() + "."
		}
		sign := ""
		if num.Sign() < 0 {
			sign = "-"
		}
		return fmt.Sprintf("%s0x%xp%d", sign, new(big.Int).Abs(new(big.Int).Rsh(num, uint(zeros))), zeros-shift)
	}
	for digits := 1; digits < 400; digits++ {
		text := rational.FloatString(digits)
		if parsed, _ := new(big.Rat).SetString(text); parsed.Cmp(rational) == 0 {
			return text
		}
	}
	return num.String() + "./" + den.String()
}
