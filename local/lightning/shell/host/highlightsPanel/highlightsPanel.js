import { LightningElement, api } from 'lwc';
import LightningConfirm from 'lightning/confirm';
import { deleteRecord } from 'lightning/uiRecordApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { navigate } from 'platform/router';
import ActionWindow from 'host/actionWindow';
import { iconOf, objectPages } from 'host/pages';
import { cellOf, labelOf } from 'host/query';
import RecordForm from 'host/recordForm';

const mostDetails = 6;

/** `force:highlightsPanel`: the record's name, what its compact layout shows, and its actions. */
export default class HighlightsPanel extends LightningElement {
  /** `{ recordId, objectApiName, objectInfo, record }`. */
  @api context;
  /** Names of the page's actions; all of the object's when left out. */
  @api actionNames;

  get pages() {
    return objectPages(this.context.objectApiName);
  }

  get iconName() {
    return iconOf(this.context.objectApiName);
  }

  get objectLabel() {
    return this.context.objectInfo?.label ?? this.context.objectApiName;
  }

  get recordName() {
    return this.context.name ?? this.context.recordId;
  }

  get details() {
    const { objectInfo, record } = this.context;
    if (!objectInfo || !record) return [];
    return this.pages.compactFields
      .slice(1)
      .filter((field) => objectInfo.fields[field])
      .slice(0, mostDetails)
      .map((field) => ({
        field,
        label: labelOf(objectInfo.fields[field]),
        cell: cellOf(record.fields, field, objectInfo.fields[field]),
      }));
  }

  get actions() {
    const { objectInfo, record } = this.context;
    if (!objectInfo || !record) return [];
    const names = this.actionNames ?? ['Edit', ...this.pages.actions.map(({ name }) => name)];
    return names.map((name) => this.actionOf(name)).filter(({ isAllowed }) => isAllowed);
  }

  actionOf(name) {
    const { updateable, deletable } = this.context.objectInfo;
    const standard = {
      Edit: { name, label: 'Edit', isAllowed: updateable, run: () => this.edit() },
      Delete: { name, label: 'Delete', isAllowed: deletable, run: () => this.remove() },
    };
    return standard[name] ?? this.quickAction(name);
  }

  quickAction(name) {
    const action = this.pages.actions.find((one) => one.name === name);
    const runs = {
      Update: () => this.update(action),
      LightningWebComponent: () =>
        ActionWindow.open({
          label: action.label,
          component: action.component,
          context: this.context,
        }),
    };
    const run = runs[action?.type];
    if (!run) {
      const title = 'The host does not show this action.';
      return { name, label: action?.label ?? name, isAllowed: true, isDisabled: true, title };
    }
    const isAllowed = action.type !== 'Update' || this.context.objectInfo.updateable;
    return { name, label: action.label, isAllowed, run };
  }

  handleAction(event) {
    this.actions.find(({ name }) => name === event.target.name).run();
  }

  edit() {
    const { sections } = this.pages.layout;
    const columns = sections.flatMap((section) => section.columns);
    const editable = columns.map((fields) => fields.filter(({ isEditable }) => isEditable));
    return this.openForm(`Edit ${this.recordName}`, editable);
  }

  update({ label, columns }) {
    return this.openForm(label, columns);
  }

  async openForm(label, columns) {
    const { objectInfo, record } = this.context;
    const isSaved = await RecordForm.open({ label, columns, objectInfo, record, size: 'medium' });
    if (isSaved) this.say({ title: `${this.objectLabel} "${this.recordName}" was saved.` });
  }

  async remove() {
    const message = `Are you sure you want to delete this ${this.objectLabel}?`;
    const isSure = await LightningConfirm.open({ label: 'Delete', message, theme: 'error' });
    if (!isSure) return;
    const { objectApiName, recordId } = this.context;
    try {
      await deleteRecord(recordId);
      this.say({ title: `${this.objectLabel} "${this.recordName}" was deleted.` });
      navigate({ type: 'standard__objectPage', attributes: { objectApiName } });
    } catch (error) {
      this.say({ title: 'It could not be deleted', message: error.body.message, variant: 'error' });
    }
  }

  say(toast) {
    this.dispatchEvent(new ShowToastEvent({ variant: 'success', ...toast }));
  }
}
