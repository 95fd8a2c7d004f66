// The client's texts in the language of the setting `mapwarden.language`, as the server's are; `auto` follows the editor.

import * as vscode from 'vscode';
import zhCn from '../l10n/bundle.l10n.zh-cn.json';

const chinese: Readonly<Record<string, string>> = zhCn;
const { t: ofEditor } = vscode.l10n;

export const l10n = {
  /** The text, which is English and a key at once, with `{name}` replaced by the argument of that name. */
  t(text: string, parameters: Readonly<Record<string, string | number>> = {}): string {
    const language = vscode.workspace.getConfiguration('mapwarden').get<string>('language');
    if (language !== 'en' && language !== 'zh-cn') return ofEditor(text, parameters);
    const own = (language === 'zh-cn' ? chinese[text] : undefined) ?? text;
    return own.replace(/\{(\w+)\}/g, (place, name: string) => (name in parameters ? String(parameters[name]) : place));
  },
};
