import { pages } from '../knowledge/registry.ts';
import { renderContents, titleOf } from '../knowledge/render.ts';
import { sections } from '../knowledge/sections.ts';
import { contentsTopic, topicOfSection } from '../knowledge/topics.ts';
import { formatMessage } from '../rules/messages.ts';
import type { Finding, Rule } from '../rules/rule.ts';
import { declarationAround } from './declarations.ts';
import { explained } from './explaining.ts';
import { fallbackFiles } from './fallback-files.ts';
import { findingAt } from './finding-at.ts';
import { ignoreEdit } from './ignoring.ts';
import type { CustomRequests, FindingReference, GoVersion, ReportData, RuleSummary, TopicSummary } from './protocol.ts';
import type { Session } from './session.ts';
import { strategiesAt } from './strategies.ts';
import { severityEdit } from './severity-edit.ts';

type Answers = {
  readonly [M in Exclude<keyof CustomRequests, 'mapwarden/status'>]: (session: Session, params: CustomRequests[M]['params']) => CustomRequests[M]['result'] | Promise<CustomRequests[M]['result']>;
};

/** The answers to Mapwarden's own requests, by method; that for the status needs no analysis and is given elsewhere. */
export const customAnswers: Answers = {
  'mapwarden/explain': (session, { topic }) => explained(session, topic),
  'mapwarden/topics': (session) => topics(session),
  'mapwarden/rules': (session) => summaries(session),
  'mapwarden/strategies': (session, { uri, position }) => strategiesAt(session, uri, position),
  'mapwarden/fallbackFiles': (session, place) => fallbackFiles(session, place),
  'mapwarden/goVersion': (session, { uri }) => goVersion(session, uri),
  'mapwarden/ignoreEdits': (session, params) => ignoreEdit(session, params) ?? null,
  'mapwarden/severityEdits': (session, params) => severityEdit(session, params) ?? null,
  'mapwarden/reportData': (session, params) => reportData(session, params),
};

function topics(session: Session): readonly TopicSummary[] {
  const { locale } = session.configuration;
  const rules = [...session.rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return [
    { topic: contentsTopic, title: titleOf(renderContents(locale)), kind: 'contents' },
    ...pages.map(({ id, title, kind }) => ({ topic: id, title: title[locale], kind })),
    ...rules.map((rule) => ({ topic: rule.id, title: titleOfPage(rule, session), kind: 'rule' as const })),
    ...sections.map(({ number, title }) => ({ topic: topicOfSection(number), title: `${number} ${title[locale]}`, kind: 'section' as const })),
  ];
}

function summaries(session: Session): readonly RuleSummary[] {
  return [...session.rules.values()]
    .map((rule) => ({ id: rule.id, title: titleOfPage(rule, session), severity: rule.severity, preview: rule.preview === true }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function titleOfPage(rule: Rule, session: Session): string {
  const heading = rule.docs[session.configuration.locale].split(/\r?\n/).find((line) => line.startsWith('# '));
  return heading === undefined ? rule.id : heading.slice(2).trim();
}

function goVersion(session: Session, uri: string): GoVersion | null {
  const path = session.analysedPath(uri);
  return path === undefined ? null : (session.analyzer.goVersionOf(path) ?? null);
}

/** In English, whatever the settings say: the readers of a report are the maintainers. */
function reportedText({ rules }: Session, { rule, message }: Finding): string {
  const known = rules.get(rule);
  return known ? formatMessage(known, message, 'en') : `${rule}: ${message.id}`;
}

function reportData(session: Session, reference: FindingReference): ReportData | null {
  const path = session.analysedPath(reference.uri);
  const finding = path === undefined ? undefined : findingAt(session, path, reference);
  if (path === undefined || !finding) return null;
  return {
    mapwardenVersion: session.version,
    rule: finding.rule,
    message: reportedText(session, finding),
    languageId: path.slice(path.lastIndexOf('.') + 1),
    goVersion: session.analyzer.goVersionOf(path)?.version ?? null,
    declaration: declarationAround(path, session.places.of(path).text, finding.span),
  };
}
