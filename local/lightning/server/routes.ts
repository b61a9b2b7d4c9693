import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { bundleFolder, type Bundle } from '../build/bundle.ts';
import { actionLabelsIn, labelsIn, tabLabelsIn } from '../build/labels.ts';
import { packages } from '../build/module-records.ts';
import type { Project } from '../metadata/project.ts';
import { objectsShown, readObjectInfos } from './object-infos.ts';
import { translatedActions } from '../metadata/object-pages.ts';
import { readPages } from '../metadata/pages.ts';
import { json, refusal, type Answer } from './answer.ts';
import { guard } from './guard.ts';
import { OrgUnreachable, unreachable, type OrgClient } from './org-client.ts';
import { buildErrorAnswer, pageAnswer } from './page.ts';
import { isPassedOn, passOn } from './proxy.ts';
import { kindOf, type RequestCounts } from './request-counts.ts';
import { securityHeaders } from './security-headers.ts';
import { customPermissionsOf, notificationsOf, tabsOf } from './user-settings.ts';
import { type PageSettings, settingsScript } from './settings.ts';
import { fileAnswer, stylesAnswer } from './static-files.ts';
import { upload } from './upload.ts';

export interface RouteParts {
  readonly project: Project;
  readonly org: OrgClient;
  readonly build: () => Promise<Bundle>;
  /** Where bundles are kept. */
  readonly cacheFolder: string;
  readonly counts: RequestCounts;
  readonly report: (line: string) => void;
  readonly defaults: {
    readonly language: string;
    readonly timeZone: string;
    readonly currency: string;
  };
}

/** Of userinfo. */
interface Identity {
  readonly user_id: string;
  readonly name: string;
}

const slds = join(packages, '@salesforce-ux', 'design-system', 'assets');
const STYLES = 'styles/salesforce-lightning-design-system.min.css';

/** Whether the address is one of the shell's pages. */
const isPage = (path: string): boolean => /^\/(lightning|host\/component)\//.test(path);

/** Decides what a request is for. */
export class Routes {
  private readonly parts: RouteParts;

  constructor(parts: RouteParts) {
    this.parts = parts;
  }

  /** @throws Error that `failure` turns into an answer */
  async answer(request: IncomingMessage): Promise<Answer> {
    const refused = guard(request);
    if (refused) return refused;
    const { method = 'GET' } = request;
    const url = new URL(request.url ?? '/', 'http://host');
    const { pathname, search } = url;
    if (isPassedOn(method, pathname)) {
      this.parts.counts.count(kindOf(pathname));
      return passOn(this.parts.org, request, `${pathname}${search}`);
    }
    if (method === 'GET') return this.read(url);
    if (method === 'POST' && pathname === '/host/upload') {
      this.parts.counts.count('upload');
      return upload(this.parts.org, request);
    }
    if (method === 'POST' && pathname === '/local/requests/reset') {
      this.parts.counts.reset();
      return { status: 204 };
    }
    return this.nothing(method, pathname);
  }

  /** What the page is told of an error. */
  failure(error: unknown): Answer {
    if (error instanceof OrgUnreachable) return unreachable(error);
    const message = error instanceof Error ? error.message : String(error);
    this.parts.report(message);
    return refusal(500, 'HOST_ERROR', message);
  }

  private async read(url: URL): Promise<Answer> {
    const { pathname } = url;
    if (isPage(pathname)) return this.page(url);
    if (pathname === `/assets/${STYLES}`) return stylesAnswer(join(slds, STYLES));
    if (pathname.startsWith('/assets/')) {
      return fileAnswer(slds, pathname.slice('/assets/'.length));
    }
    if (pathname.startsWith('/bundle/')) return this.script(pathname);
    switch (pathname) {
      case '/':
        return { status: 302, headers: { location: '/lightning/page/home' } };
      case '/host/settings.js':
        return this.settings(url);
      case '/host/pages':
        return this.pages(this.languageOf(url));
      case '/host/notifications':
        return json(200, await notificationsOf(this.parts.org));
      case '/local/requests':
        return json(200, this.parts.counts.totals());
      default:
        return this.nothing('GET', pathname);
    }
  }

  private languageOf(url: URL): string {
    return url.searchParams.get('language') ?? this.parts.defaults.language;
  }

  private async page(url: URL): Promise<Answer> {
    try {
      const { hash } = await this.parts.build();
      return pageAnswer('Lightning Experience', this.languageOf(url), `/bundle/${hash}`);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.parts.report(message);
      return buildErrorAnswer(message);
    }
  }

  /** Scripts of any bundle that is kept: a page that is open may be older than the sources are. */
  private async script(pathname: string): Promise<Answer> {
    const [, hash, name] = /^\/bundle\/([0-9a-f]+)\/(.+)$/.exec(pathname) ?? [];
    if (hash === undefined || name === undefined) return this.nothing('GET', pathname);
    return fileAnswer(bundleFolder(this.parts.cacheFolder, hash), name);
  }

  private async settings(url: URL): Promise<Answer> {
    const language = this.languageOf(url);
    const unread: string[] = [];
    const script = settingsScript({
      ...this.parts.defaults,
      ...(await this.user(unread)),
      unread,
      language,
      labels: labelsIn(this.parts.project, language),
    });
    return {
      status: 200,
      headers: {
        ...securityHeaders,
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'no-store',
      },
      body: script,
    };
  }

  private async pages(language: string): Promise<Answer> {
    const pages = readPages(this.parts.project);
    const words = tabLabelsIn(this.parts.project, language);
    const objects = translatedActions(pages.objects, actionLabelsIn(this.parts.project, language));
    const unread: string[] = [];
    const { org } = this.parts;
    const [objectInfos, tabs] = await Promise.all([
      this.orElse({}, readObjectInfos(org, objectsShown(pages)), unread),
      this.orElse([], tabsOf(org), unread),
    ]);
    const shown = Object.entries(pages.pageTabs)
      .filter(([name]) => tabs.includes(name))
      .map(([name, tab]) => [name, { ...tab, label: words.get(name) ?? tab.label }] as const);
    return json(200, {
      ...pages,
      objects,
      pageTabs: Object.fromEntries(shown),
      objectInfos,
      unread,
    });
  }

  /** An org that is away must not keep the page from showing so. */
  private async user(
    unread: string[],
  ): Promise<Pick<PageSettings, 'userId' | 'userName' | 'customPermissions'>> {
    const { org } = this.parts;
    const nobody: Identity = { user_id: '', name: '' };
    const [{ user_id: userId, name: userName }, customPermissions] = await Promise.all([
      this.orElse(nobody, org.get<Identity>('/services/oauth2/userinfo'), unread),
      this.orElse([], customPermissionsOf(org), unread),
    ]);
    return { userId, userName, customPermissions };
  }

  /**
   * Another answer where the org does not tell, so that the page still shows. It says why: without tabs or rights it
   * would look like that of a user who has none.
   * @param unread gets what is wrong, in a sentence
   */
  private async orElse<T>(other: T, asked: Promise<T>, unread: string[]): Promise<T> {
    try {
      return await asked;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.parts.report(why);
      unread.push(why);
      return other;
    }
  }

  private nothing(method: string, pathname: string): Answer {
    return refusal(
      404,
      'NOT_EMULATED',
      `The Lightning host does not answer ${method} ${pathname}.`,
    );
  }
}
