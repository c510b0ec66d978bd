import ts from 'typescript';
import { REPLACED_NAMES, REPLACED_TOP_LEVEL_NAMES } from './replacedNames';

const lookUp = (names: Readonly<Record<string, string>>, name: string) =>
  Object.hasOwn(names, name) ? names[name] : undefined;

type Declaration = ts.Node & { name: ts.Identifier };

const isDeclaration = (node: ts.Node): node is Declaration =>
  (ts.isVariableDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node)) &&
  node.name !== undefined &&
  ts.isIdentifier(node.name);

/** Whether a declaration is at the top level of its file. */
const isTopLevel = (node: ts.Node): boolean => {
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return ts.isSourceFile(statement.parent);
};

/**
 * Finds declarations with replaced names. Ignores uses of names that libraries declare.
 * @returns one line per declaration with its place and the name to use
 */
export function findReplacedNames(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const problems: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isDeclaration(node)) {
      const name = node.name.text;
      const instead = lookUp(REPLACED_NAMES, name) ?? (isTopLevel(node) && lookUp(REPLACED_TOP_LEVEL_NAMES, name));
      if (instead) {
        const line = source.getLineAndCharacterOfPosition(node.name.getStart(source)).line + 1;
        problems.push(`${file}:${line}: the name "${name}" was replaced by "${instead}"`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return problems;
}
