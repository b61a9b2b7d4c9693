import { refusal, type Answer } from '../../api/answer.ts';
import { parseJson } from '../../api/body.ts';
import type { OrgUser } from '../../api/sessions.ts';
import { isRecord } from '../../api/call.ts';
import type { Job } from '../deploy/jobs.ts';
import { MultipartError, readMultipart } from '../../lib/multipart.ts';
import { readOptions, type RawOptions } from './options.ts';
import { noValidation, type MetadataServices } from './soap.ts';

const invalid = (message: string): Answer => refusal(400, 'INVALID_MULTIPART_REQUEST', message);

function readDeployOptions(text: string): RawOptions | undefined {
  try {
    const entity: unknown = JSON.parse(text);
    if (typeof entity !== 'object' || entity === null || !('deployOptions' in entity)) return;
    const { deployOptions } = entity;
    if (typeof deployOptions !== 'object' || deployOptions === null) return;
    return deployOptions as RawOptions;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Names of the part with the options: the documentation's, and the one that clients send as well. */
const ENTITY_PARTS = ['json', 'entity_content'];

/** `POST …/metadata/deployRequest`: a part `json` or `entity_content` with options, a part `file` with the zip. */
export function startDeployByRest(
  body: Buffer,
  contentType: string,
  user: OrgUser,
  services: MetadataServices,
): Answer {
  let parts: ReturnType<typeof readMultipart>;
  try {
    parts = readMultipart(body, contentType);
  } catch (error) {
    if (error instanceof MultipartError) return invalid(error.message);
    throw error;
  }
  const zip = parts.find((part) => part.name === 'file')?.content;
  const entity = parts.find((part) => ENTITY_PARTS.includes(part.name));
  if (!zip || !entity) {
    return invalid(
      'A deploy has two parts: "json" (or "entity_content") with JSON and "file" with the zip.',
    );
  }
  const raw = readDeployOptions(entity.content.toString('utf8'));
  if (!raw) return invalid(`The part "${entity.name}" is no JSON with an object deployOptions.`);
  const options = readOptions(raw);
  const id = services.jobs.start({ by: user, zip, options });
  const deployResult = { checkOnly: options.checkOnly, done: false, id, status: 'Pending' };
  return { status: 201, body: { id, deployOptions: options, deployResult } };
}

/** `POST …/metadata/deployRequest` with JSON: a validation is deployed. */
export function startValidatedByRest(
  body: Buffer,
  user: OrgUser,
  services: MetadataServices,
): Answer {
  const asked = parseJson(body, 'application/json');
  const { validatedDeployRequestId } = isRecord(asked) ? asked : {};
  const validation = typeof validatedDeployRequestId === 'string' ? validatedDeployRequestId : '';
  const id = services.jobs.startValidated(validation, user);
  return id === undefined
    ? refusal(400, 'INVALID_CROSS_REFERENCE_KEY', noValidation(validation))
    : { status: 201, body: { id, validatedDeployRequestId } };
}

function statusBody(job: Job, withDetails: boolean): unknown {
  const { details, ...rest } = job.result;
  return {
    id: job.result.id,
    validatedDeployRequestId: null,
    deployOptions: job.options,
    deployResult: withDetails ? { ...rest, details } : rest,
  };
}

/** `GET …/metadata/deployRequest/{id}?includeDetails=true` */
export function deployStatusByRest(
  id: string,
  withDetails: boolean,
  services: MetadataServices,
): Answer {
  const job = services.jobs.find(id);
  return job
    ? { status: 200, body: statusBody(job, withDetails) }
    : refusal(404, 'NOT_FOUND', `There is no deploy with the id ${id}.`);
}
