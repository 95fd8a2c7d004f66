// Types as text, as go/types' TypeString writes them, and as keys.

import { ChannelDirection, TypeKind } from './types.ts';
import type { Interface, Signature, Tuple, Type, TypeParam } from './types.ts';
import type { Package, TypeName } from './objects.ts';
import { isInterface } from './predicates.ts';
import type { InstanceContext } from './subst.ts';
import { anyInterface, comparableInterface, universe, unsafePackage } from './universe.ts';

/** How a package is written before a name: its path, its name, or '' for nothing. */
export type Qualifier = (pkg: Package) => string;

/** Longer texts end in an ellipsis. */
const maxLength = 1 << 16;
/** Instances whose key is longer are not made: their type arguments grow without end. */
const maxKeyLength = 1 << 13;

/** The text of a type. Without a qualifier names carry their package's path. */
export function typeString(type: Type, qualifier?: Qualifier): string {
  const writer = new TypeWriter(qualifier);
  writer.type(type);
  return writer.text();
}

/** A type as the code of a package writes it: its own names bare, those of other packages with the package's name. */
export function typeStringIn(packagePath: string, type: Type): string {
  return typeString(type, (pkg) => (pkg.path === packagePath ? '' : pkg.name));
}

/** The text of a signature without the word `func`. */
export function signatureString(signature: Signature, qualifier?: Qualifier): string {
  const writer = new TypeWriter(qualifier);
  writer.signature(signature);
  return writer.text();
}

class TypeWriter {
  private readonly parts: string[] = [];
  private readonly seen: Type[] = [];
  private length = 0;

  constructor(private readonly qualifier: Qualifier | undefined) {}

  text(): string {
    return this.parts.join('');
  }

  private write(text: string): void {
    this.length += text.length;
    if (this.length <= maxLength) this.parts.push(text);
  }

  type(type: Type): void {
    if (this.seen.includes(type)) {
      this.write(`<cycle to ${TypeNameOfKind[type.kind] ?? 'Type'}>`);
      return;
    }
    if (this.length > maxLength) return;
    this.seen.push(type);
    this.inner(type);
    this.seen.pop();
  }

  private inner(type: Type): void {
    switch (type.kind) {
      case TypeKind.Unknown:
        return this.write('invalid type');
      case TypeKind.Basic:
        return this.write(type.name === 'Pointer' ? `${this.prefix(unsafePackage)}Pointer` : type.name);
      case TypeKind.Pointer:
        this.write('*');
        return this.type(type.elem);
      case TypeKind.Slice:
        this.write('[]');
        return this.type(type.elem);
      case TypeKind.Array:
        this.write(`[${type.length}]`);
        return this.type(type.elem);
      case TypeKind.Map:
        this.write('map[');
        this.type(type.key);
        this.write(']');
        return this.type(type.elem);
      case TypeKind.Chan: {
        this.write(type.direction === ChannelDirection.SendOnly ? 'chan<- ' : type.direction === ChannelDirection.ReceiveOnly ? '<-chan ' : 'chan ');
        const parens = type.direction === ChannelDirection.Both && type.elem.kind === TypeKind.Chan && type.elem.direction === ChannelDirection.ReceiveOnly;
        if (parens) this.write('(');
        this.type(type.elem);
        if (parens) this.write(')');
        return;
      }
      case TypeKind.Struct:
        this.write('struct{');
        type.fields.forEach((field, index) => {
          if (index > 0) this.write('; ');
          if (!field.embedded) this.write(`${field.name} `);
          this.type(field.type);
          const tag = type.tag(index);
          if (tag !== '') this.write(` ${quoted(tag)}`);
        });
        return this.write('}');
      case TypeKind.Tuple:
        return this.tuple(type, false);
      case TypeKind.Signature:
        this.write('func');
        return this.signature(type);
      case TypeKind.Interface:
        return this.interface(type);
      case TypeKind.Union:
        type.terms.forEach((term, index) => {
          if (index > 0) this.write(' | ');
          if (term.tilde) this.write('~');
          this.type(term.type);
        });
        return;
      case TypeKind.TypeParam:
        this.write(type.obj.name);
        if (universe.lookup(type.obj.name)) this.write('/* type parameter */');
        return;
      case TypeKind.Named:
        this.typeName(type.obj);
        if (type.isInstance) this.typeList(type.typeArguments);
        else if (type.declaredParameters.length > 0) this.typeParameters(type.declaredParameters);
        return;
      case TypeKind.Alias:
        this.typeName(type.obj);
        if (type.typeArguments.length > 0) this.typeList(type.typeArguments);
        else if (type.typeParameters.length > 0) this.typeParameters(type.typeParameters);
        return;
    }
  }

  private interface(type: Interface): void {
    if (type === anyInterface) return this.write('any');
    if (type === comparableInterface) return this.write('interface{comparable}');
    if (type.implicit) {
      const [only] = type.embeddeds;
      if (only && type.methods.length === 0 && type.embeddeds.length === 1) return this.type(only);
      this.write('/* implicit */ ');
    }
    this.write('interface{');
    let first = true;
    for (const method of type.methods) {
      if (!first) this.write('; ');
      first = false;
      this.write(method.name);
      if (method.signature) this.signature(method.signature);
    }
    for (const embedded of type.embeddeds) {
      if (!first) this.write('; ');
      first = false;
      this.type(embedded);
    }
    this.write('}');
  }

  signature(signature: Signature): void {
    if (signature.typeParameters.length > 0) this.typeParameters(signature.typeParameters);
    this.tuple(signature.params, signature.variadic);
    const results = signature.results.vars;
    if (results.length === 0) return;
    this.write(' ');
    const [only] = results;
    if (results.length === 1 && only && only.name === '') return this.type(only.type);
    this.tuple(signature.results, false);
  }

  private tuple(tuple: Tuple, variadic: boolean): void {
    this.write('(');
    tuple.vars.forEach((variable, index) => {
      if (index > 0) this.write(', ');
      if (variable.name !== '') this.write(`${variable.name} `);
      const type = variable.type;
      if (!variadic || index < tuple.vars.length - 1) return this.type(type);
      if (type.kind === TypeKind.Slice) {
        this.write('...');
        return this.type(type.elem);
      }
      // append([]byte, s...) with a string s.
      this.type(type);
      this.write('...');
    });
    this.write(')');
  }

  private typeList(types: readonly Type[]): void {
    this.write('[');
    types.forEach((type, index) => {
      if (index > 0) this.write(', ');
      this.type(type);
    });
    this.write(']');
  }

  private typeParameters(parameters: readonly TypeParam[]): void {
    this.write('[');
    let previous: Type | undefined;
    parameters.forEach((parameter, index) => {
      if (index > 0) {
        // A constraint that is not an interface stands for one, each time it is written for another.
        if (previous && (parameter.bound !== previous || !isInterface(previous))) {
          this.write(' ');
          this.type(previous);
        }
        this.write(', ');
      }
      previous = parameter.bound;
      this.type(parameter);
    });
    if (previous) {
      this.write(' ');
      this.type(previous);
    }
    this.write(']');
  }

  private typeName(name: TypeName): void {
    this.write(`${name.pkg ? this.prefix(name.pkg) : ''}${name.name}`);
  }

  private prefix(pkg: Package): string {
    const text = this.qualifier ? this.qualifier(pkg) : pkg.path;
    return text === '' ? '' : `${text}.`;
  }
}

const TypeNameOfKind: Readonly<Record<number, string>> = {
  [TypeKind.Named]: 'Named',
  [TypeKind.Alias]: 'Alias',
  [TypeKind.Pointer]: 'Pointer',
  [TypeKind.Slice]: 'Slice',
  [TypeKind.Array]: 'Array',
  [TypeKind.Map]: 'Map',
  [TypeKind.Chan]: 'Chan',
  [TypeKind.Struct]: 'Struct',
  [TypeKind.Interface]: 'Interface',
  [TypeKind.Signature]: 'Signature',
  [TypeKind.Tuple]: 'Tuple',
  [TypeKind.TypeParam]: 'TypeParam',
  [TypeKind.Union]: 'Union',
};

/** A struct tag as strconv.Quote writes it. Tags are kept as UTF-8 bytes. */
function quoted(tag: string): string {
  let text = '"';
  for (const character of tag) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === '\\') text += `\\${character}`;
    else if (character === '\n') text += '\\n';
    else if (character === '\t') text += '\\t';
    else if (character === '\r') text += '\\r';
    else if (code < 0x20 || code === 0x7f) text += `\\x${code.toString(16).padStart(2, '0')}`;
    else text += character;
  }
  return `${text}"`;
}

/**
 * A key that is the same for identical instances in one context, or undefined if it would be absurdly long. Different
 * instances may share a key.
 */
export function typeKey(context: InstanceContext, origin: Type, typeArguments: readonly Type[]): string | undefined {
  const writer = new KeyWriter(context);
  writer.write(`${context.idOf(origin)}`);
  for (const argument of typeArguments) {
    writer.write('[');
    writer.type(argument);
  }
  return writer.length > maxKeyLength ? undefined : writer.text;
}

class KeyWriter {
  text = '';
  length = 0;
  private depth = 0;

  constructor(private readonly context: InstanceContext) {}

  write(text: string): void {
    this.text += text;
    this.length += text.length;
  }

  type(type: Type): void {
    if (this.length > maxKeyLength) return;
    if (this.depth > 100) {
      this.length = maxKeyLength + 1;
      return;
    }
    this.depth++;
    this.inner(type);
    this.depth--;
  }

  private inner(type: Type): void {
    switch (type.kind) {
      case TypeKind.Basic:
        return this.write(type.name);
      case TypeKind.Named:
        this.write(`#${this.context.idOf(type.origin)}`);
        for (const argument of type.typeArguments) {
          this.write('[');
          this.type(argument);
        }
        return;
      case TypeKind.Alias:
        // Part of the key, so that an instance prints with the alias it was written with.
        this.write(`=${this.context.idOf(type.origin)}`);
        for (const argument of type.typeArguments) {
          this.write('[');
          this.type(argument);
        }
        return;
      case TypeKind.TypeParam:
        return this.write(`$${this.context.idOf(type)}`);
      case TypeKind.Pointer:
      case TypeKind.Slice:
      case TypeKind.Array:
      case TypeKind.Chan:
        this.write(`${type.kind},`);
        if (type.kind === TypeKind.Array) this.write(`${type.length},`);
        if (type.kind === TypeKind.Chan) this.write(`${type.direction},`);
        return this.type(type.elem);
      case TypeKind.Map:
        this.write('map,');
        this.type(type.key);
        this.write(',');
        return this.type(type.elem);
      case TypeKind.Struct:
        this.write('struct');
        for (const field of type.fields) {
          this.write(`;${field.name} `);
          this.type(field.type);
        }
        return this.write('}');
      case TypeKind.Signature:
        this.write(`func${type.variadic ? '+' : ''}`);
        this.type(type.params);
        return this.type(type.results);
      case TypeKind.Tuple:
        this.write('(');
        for (const variable of type.vars) {
          this.type(variable.type);
          this.write(',');
        }
        return this.write(')');
      case TypeKind.Interface:
        // Interfaces may refer to themselves: their methods' names must do.
        this.write('interface');
        for (const method of type.methods) this.write(`;${method.name}`);
        return this.write(`;${type.embeddeds.length}}`);
      case TypeKind.Union:
        return this.write(`union${type.terms.length}`);
      case TypeKind.Unknown:
        return this.write('?');
    }
  }
}
