import { z } from 'zod';
import { CodedError } from '../../errors/coded-error.ts';
import { retryAfterMs, Transient } from '../../lib/retry.ts';
import type { ListedImage } from '../../ports/store.ts';
import { errorCode, withCode } from '../response.ts';
import { PASSING } from '../retry-policy.ts';
import type { ApplicationPassword, HttpAnswer, MediaImage } from '../types.ts';

/** Whom we ask, for the sentences of errors. */
export interface MediaAsked {
  readonly host: string;
  readonly password: ApplicationPassword;
}

const shape = z
  .object({ id: z.number().int().positive(), source_url: z.string().min(1) })
  .transform(({ id, source_url: src }): MediaImage => ({ id, src }));

const listed = z
  .object({
    id: z.number().int().positive(),
    source_url: z.string().min(1),
    // PHP writes an empty one as a list.
    media_details: z.object({ filesize: z.number().optional() }).optional().catch(undefined),
  })
  .transform(({ id, source_url: src, media_details: details }): ListedImage => ({
    id,
    src,
    bytes: details?.filesize ?? null,
  }));

/** @throws Transient when another attempt may help, else CodedError; neither quotes the body */
export function readUploaded(asked: MediaAsked, answer: HttpAnswer): MediaImage {
  checkUpload(answer);
  checkStatus(asked, answer, 201);
  const image = shape.safeParse(parse(answer.body)).data;
  if (image === undefined) throw unexpected(asked, 'something that is no image');
  return image;
}

/** One page of the list. @throws as `readUploaded` */
export function readImages(
  asked: MediaAsked,
  answer: HttpAnswer,
): { readonly images: readonly ListedImage[]; readonly pages: number } {
  checkStatus(asked, answer, 200);
  const images = z.array(listed).safeParse(parse(answer.body)).data;
  const pages = Number(answer.header('x-wp-totalpages') ?? Number.NaN);
  if (images === undefined || !Number.isInteger(pages))
    throw unexpected(asked, 'something that is no list of images with its number of pages');
  return { images, pages };
}

/** What is said about the file itself. WordPress says 500 to what it will never take. */
function checkUpload(answer: HttpAnswer): void {
  const code = errorCode(answer) ?? '';
  if (answer.status === 413 || ['rest_upload_file_too_big', 'rest_upload_no_data'].includes(code))
    throw new CodedError(
      'IMAGE_TOO_LARGE',
      `The shop takes no image of this size (${withCode(answer)}).`,
      'Upload a smaller version of the file; or raise upload_max_filesize and post_max_size of PHP, and the limit of the web server in front of it (client_max_body_size).',
    );
  if (code === 'rest_upload_sideload_error')
    throw new CodedError(
      'IMAGE_TYPE',
      `The shop takes no such file (${withCode(answer)}).`,
      'Save the image as JPEG, PNG, WebP or GIF and upload that as a new version; if it is one, see whether the upload folder of WordPress can be written to and has space.',
    );
  if (answer.status === 400 || answer.status === 412)
    throw new CodedError(
      'IMAGE_REFUSED',
      answer.status === 412
        ? `The image arrived at the shop other than it was sent (${withCode(answer)}).`
        : `The shop refused the upload (${withCode(answer)}).`,
      'See whether something in front of the shop changes uploads, and whether the same image can be uploaded by hand (WordPress › Media).',
    );
}

function checkStatus(asked: MediaAsked, answer: HttpAnswer, expected: number): void {
  const { status } = answer;
  if (status === expected) return;
  if (PASSING.has(status)) throw unavailable(asked, answer);
  if (status === 401 || status === 403 || status === 404) throw refused(asked, answer);
  throw unexpected(asked, withCode(answer));
}

function unavailable({ host }: MediaAsked, answer: HttpAnswer): Transient {
  const outcome = new CodedError(
    'WOO_UNAVAILABLE',
    `The media library of ${host} cannot answer at the moment (${withCode(answer)}).`,
    'Wait, or look into the error log of the shop and its web server.',
  );
  return new Transient(outcome, retryAfterMs(answer.header('retry-after')));
}

function refused({ host, password }: MediaAsked, answer: HttpAnswer): CodedError {
  const { userVariable, passwordVariable } = password;
  const code = errorCode(answer);
  return new CodedError(
    'MEDIA_REFUSED',
    `The media library of ${host} does not let the user in ${userVariable} in (${withCode(answer)}).`,
    code === null
      ? 'The answer is not from WordPress: let this address pass the firewall or the password in front of the shop, the header Authorization and /wp-json/wp/v2/media included.'
      : code === 'rest_no_route'
        ? 'A plugin has switched the media library off in the REST API of WordPress: allow wp/v2/media.'
        : `Check ${userVariable} and ${passwordVariable}: an application password (WordPress › Users › Profile › Application Passwords, not the password to sign in with) of a user with the role Shop manager or Administrator. If both are right, let the proxy in front of the shop pass on Authorization and send X-Forwarded-Proto.`,
  );
}

function unexpected({ host }: MediaAsked, what: string): CodedError {
  return new CodedError(
    'WOO_UNEXPECTED_ANSWER',
    `The media library of ${host} answered with ${what}.`,
    "Put the shop's final address in the store's URL; and see whether a maintenance page, a firewall, or a plugin that prints warnings into the API answers in its place.",
  );
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // The parser's message would quote the body.
    return null;
  }
}
