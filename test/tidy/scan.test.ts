import { describe, expect, it } from 'vitest';
import { codeOnly, commentsOnly, withoutComments } from './scan.ts';

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** `${` cannot stand in a plain string of this file without a linter asking whether a template was meant. */
const HOLE = '$' + '{';

describe('source text is cut into code, comments and text', () => {
  it.each([
    ['line comments', 'a(); // b()\nc();', 'a(); c();'],
    ['block comments over lines', 'a(); /* b()\n * d() */ c();', 'a(); c();'],
    ['strings with quotes of the other kind and escapes', `a('it\\'s "b"'); c();`, 'a( ); c();'],
    ['comment marks inside strings', "a('// b /* c'); d();", 'a( ); d();'],
    ['templates, whose holes are code', `a(\`b ${HOLE}c({ d: 1 })} e\`); f();`, 'a( c({ d: 1 }) ); f();'],
    ['templates in holes of templates', `a(\`b ${HOLE}c ? \`d ${HOLE}e}\` : 1} f\`); g();`, 'a( c ? e : 1 ); g();'],
    ['regular expressions with slashes in classes and quotes', 'a(/[/\'"]\\/b/g); c();', 'a( ); c();'],
    ['divisions, which are no regular expressions', 'a = b / c; d = e / f;', 'a = b / c; d = e / f;'],
  ])('%s', (_claim, text, code) => {
    expect(squeezed(codeOnly(text))).toBe(code);
  });

  it('keeps every line and column', () => {
    const text = "a(); // b\n/* c\n*/ d('e');\n";
    expect(codeOnly(text)).toHaveLength(text.length);
    expect(codeOnly(text).split('\n')[2]).toBe('   d(   );');
    expect(squeezed(withoutComments(text))).toBe("a(); d('e');");
    expect(squeezed(commentsOnly(text))).toBe('// b /* c */');
  });
});
