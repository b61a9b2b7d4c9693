import { LightningElement, api } from 'lwc';

/** Where the host takes files for the org. */
const uploadPath = '/host/upload';

/** Most files that Salesforce takes at once. */
const mostFiles = 10;

const isAccepted = (file, accept) => {
  const endings = accept.flatMap((one) => one.toLowerCase().split(',')).map((one) => one.trim());
  return endings.length === 0 || endings.some((ending) => file.name.toLowerCase().endsWith(ending));
};

async function messageOf(response) {
  const answer = await response.json().catch(() => undefined);
  const body = Array.isArray(answer) ? answer[0] : answer;
  return body?.message ?? `The org answered ${response.status}.`;
}

/** @returns `{ name, documentId, contentVersionId }` */
async function upload(file, recordId) {
  const record = {
    Title: file.name.replace(/\.[^.]*$/, ''),
    PathOnClient: file.name,
    FirstPublishLocationId: recordId,
  };
  const form = new FormData();
  form.append('entity_content', new Blob([JSON.stringify(record)], { type: 'application/json' }));
  form.append('VersionData', file, file.name);
  const response = await fetch(uploadPath, { method: 'POST', body: form });
  if (!response.ok) throw new Error(await messageOf(response));
  return { name: file.name, ...(await response.json()) };
}

/** `lightning-file-upload`: button and drop zone that store files in the org, linked to a record. */
export default class FileUpload extends LightningElement {
  @api label;
  @api name;
  @api recordId;
  @api accept = [];
  @api multiple = false;
  @api disabled = false;
  progress = '';
  failures = [];

  get isDisabled() {
    return this.disabled || this.progress !== '';
  }

  async handleFiles(event) {
    event.stopPropagation();
    const chosen = [...event.detail.files];
    const files = this.multiple ? chosen.slice(0, mostFiles) : chosen.slice(0, 1);
    this.failures = chosen
      .slice(files.length)
      .map(({ name }) => ({ name, message: `At most ${files.length} can be uploaded at once.` }));
    const uploaded = [];
    for (const [at, file] of files.entries()) {
      this.progress = `Uploading ${at + 1} of ${files.length}: ${file.name}`;
      // One after the other, so that the list in the event has the order of the choice.
      // eslint-disable-next-line no-await-in-loop
      uploaded.push(...(await this.attempt(file)));
    }
    this.progress = '';
    if (uploaded.length === 0) return;
    this.dispatchEvent(new CustomEvent('uploadfinished', { detail: { files: uploaded } }));
  }

  async attempt(file) {
    try {
      if (!isAccepted(file, [this.accept].flat())) {
        throw new Error(
          `Only files of these types can be uploaded: ${[this.accept].flat().join(', ')}.`,
        );
      }
      return [await upload(file, this.recordId)];
    } catch (error) {
      this.failures = [...this.failures, { name: file.name, message: error.message }];
      return [];
    }
  }
}
