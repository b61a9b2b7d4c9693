import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import { TEMPLATES } from 'c/wooMappingDraft';
import { words } from 'c/wooMappingWords';
import { groups, label } from './labels';

/** Of content the type too, which is one of many. */
function recordsOf({ resource, contentType }) {
    const word = words.resource[resource];
    return contentType ? `${word} (${contentType})` : word;
}

/**
 * What a new mapping can start with.
 * @fires choose `{ template }`
 * @fires close
 */
export default class WooMappingTemplates extends LightningElement {
    /** `[{ name, label }]` of the org's objects. */
    @api objects = [];

    label = label;

    get groups() {
        return Object.entries(groups)
            .map(([key, text]) => ({ key, text, templates: this.templatesOf(key) }))
            .filter(({ templates }) => templates.length > 0)
            .map((group) => ({ ...group, recipe: this.recipeOf(group.key) }));
    }

    recipeOf(group) {
        const recipe = TEMPLATES.find((one) => one.group === group)?.recipe;
        return recipe ? format(label.recipe, recipe) : null;
    }

    templatesOf(group) {
        return TEMPLATES.filter((one) => one.group === group).map(({ key, mapping, fields }) => ({
            key,
            text: mapping.resource ? `${recordsOf(mapping)} → ${this.nameOf(mapping.object)}` : groups.empty,
            note: fields.length > 0 ? format(label.fields, fields.length) : label.emptyText
        }));
    }

    nameOf(object) {
        return this.objects.find(({ name }) => name === object)?.label ?? object;
    }

    /** What has appeared is where the keyboard goes on. */
    @api
    focus() {
        this.template.querySelector('section').focus();
    }

    handleChoose({ currentTarget }) {
        this.dispatchEvent(new CustomEvent('choose', { detail: { template: currentTarget.dataset.key } }));
    }

    handleClose() {
        this.dispatchEvent(new CustomEvent('close'));
    }
}
