import { Agent as HttpAgent, request as overHttp, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as overTls } from 'node:https';

/** How a receiver answered, or why it did not. */
export type Reply =
  | { readonly status: number; readonly body: string }
  | { readonly failure: string };

/** Characters of an answer that are read: an acknowledgement has some hundred. */
const MAX_ANSWER = 100_000;

/** Posts envelopes as Salesforce does: no redirects, one try, sockets kept for the next. */
export class Post {
  private readonly timeoutMs: number;
  private readonly agents = {
    http: new HttpAgent({ keepAlive: true }),
    tls: new TlsAgent({ keepAlive: true }),
  };
  private readonly stop = new AbortController();

  constructor(timeoutMs: number) {
    this.timeoutMs = timeoutMs;
  }

  /** Ends what is under way. */
  close(): void {
    this.stop.abort();
    this.agents.http.destroy();
    this.agents.tls.destroy();
  }

  async send(url: string, envelope: string): Promise<Reply> {
    const late = AbortSignal.timeout(this.timeoutMs);
    const signal = AbortSignal.any([late, this.stop.signal]);
    try {
      const answer = await this.answer(new URL(url), envelope, signal);
      return { status: answer.statusCode ?? 0, body: await textOf(answer) };
    } catch (error) {
      if (late.aborted) return { failure: `no answer within ${this.timeoutMs / 1000} s` };
      return { failure: wordsOf(error) };
    }
  }

  /** The head of the answer; its body is still to come. */
  private answer(url: URL, envelope: string, signal: AbortSignal): Promise<IncomingMessage> {
    const isTls = url.protocol === 'https:';
    const headers = {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '""',
      'content-length': Buffer.byteLength(envelope),
    };
    const agent = isTls ? this.agents.tls : this.agents.http;
    return new Promise((resolve, reject) => {
      const send = isTls ? overTls : overHttp;
      send(url, { method: 'POST', headers, agent, signal }, resolve)
        .once('error', reject)
        .end(envelope);
    });
  }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk;
    if (text.length > MAX_ANSWER) throw new Error('the answer is too long');
  }
  return text;
}

/** Without the address, which holds the endpoint's token. */
function wordsOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return code ?? (error instanceof Error ? error.message : 'no answer');
}
