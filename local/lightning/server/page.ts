import type { Answer } from './answer.ts';
import { securityHeaders } from './security-headers.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const htmlAnswer = (status: number, body: string): Answer => ({
  status,
  headers: {
    ...securityHeaders,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  },
  body,
});

const head = (title: string, rest: string): string => `<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/styles/salesforce-lightning-design-system.min.css">
${rest}
</head>`;

/**
 * The page that all addresses of the host share; the shell finds out what to show from the address.
 * @param language as Salesforce names it
 * @param bundle where the page's scripts are
 */
export function pageAnswer(title: string, language: string, bundle: string): Answer {
  const lang = language.split('_')[0] ?? '';
  const settings = `/host/settings.js?language=${encodeURIComponent(language)}`;
  const scripts = `<script src="${escaped(settings)}"></script>
<script type="module" src="${escaped(bundle)}/main.js"></script>`;
  return htmlAnswer(
    200,
    `<!doctype html>
<html lang="${escaped(lang)}">
${head(title, scripts)}
<body class="slds-scope"></body>
</html>
`,
  );
}

/** Shown in place of the page when its scripts cannot be built. */
export function buildErrorAnswer(message: string): Answer {
  return htmlAnswer(
    500,
    `<!doctype html>
<html lang="en">
${head('The components could not be built', '')}
<body class="slds-scope"><main class="slds-p-around_large">
<h1 class="slds-text-heading_large">The components could not be built</h1>
<pre class="slds-m-vertical_medium">${escaped(message)}</pre>
<p>Correct it and load this page again.</p>
</main></body>
</html>
`,
  );
}
