import { TEMPLATES, newDraft, orgOf, sourceFilesOf } from 'c/wooMappingDraft';
import { CONFIGURATION, EMPTY, isThere, list, read } from './project';

const folderOf = (recipe) => (recipe ? `config/recipes/${recipe}/customMetadata` : CONFIGURATION);
const nameOf = ({ path }) => path.split('/').at(-1);
const deployed = TEMPLATES.filter(({ group }) => group !== 'empty');

describe('templates', () => {
    it.each(deployed.map((template) => [template.key, template]))('%s is what deploys', (key, { recipe }) => {
        const files = sourceFilesOf(newDraft(key, orgOf(EMPTY)));
        const folder = folderOf(recipe);
        const own = list(folder).filter(
            (file) => file.includes(`Mapping.${key}.`) || read(`${folder}/${file}`).includes(`string">${key}<`)
        );
        expect(files.map(nameOf).sort()).toEqual(own.sort());
        for (const file of files) {
            expect(file.text).toBe(read(`${folder}/${nameOf(file)}`));
        }
    });

    it('are all mappings of the project and of its recipes, but those that a recipe only switches off', () => {
        const folders = [null, ...list('config/recipes')].map(folderOf).filter(isThere);
        const files = folders.flatMap((folder) =>
            list(folder)
                .filter((file) => file.startsWith('Woo_Mapping.'))
                .filter((file) => /Active__c<\/field>\s*<value [^>]*>true/.test(read(`${folder}/${file}`)))
        );
        // A recipe may bring one of the project's anew, such as orders that go back.
        expect(deployed.map(({ key }) => `Woo_Mapping.${key}.md-meta.xml`).sort()).toEqual([...new Set(files)].sort());
    });

    it('begin with an empty one too', () => {
        const { mapping, fields, conditions } = newDraft('Empty', orgOf(EMPTY));
        expect(mapping).toMatchObject({ name: 'Mapping', resource: null, object: null, onCreate: true, active: true });
        expect([fields, conditions]).toEqual([[], []]);
    });
});
