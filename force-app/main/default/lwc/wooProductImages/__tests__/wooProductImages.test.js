import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { updateRecord } from 'lightning/uiRecordApi';
import WooProductImages from 'c/wooProductImages';
import answer from './data/product.json';
import emptyAnswer from './data/empty.json';
import errors from './data/errors.json';
import objectInfo from './data/objectInfo.json';

const [MUG, SIDE, HAND, HUGE, SHEET, NOTHING, UNUSED] =
    answer.uiapi.query.Product2.edges[0].node.ContentDocumentLinks.edges.map(({ node }) => node.ContentDocument.Id);
const OTHER = '069Hp0000000009IAA';
const READ = '2026-11-20T10:00:00.000Z';
const SAVED = '2026-11-20T10:05:00.000Z';
const flush = () => new Promise(process.nextTick);

const copyOf = (data) => JSON.parse(JSON.stringify(data));

const productWith = (fields, more = {}) => {
    const copy = copyOf(answer);
    Object.assign(copy.uiapi.query.Product2.edges[0].node, fields);
    Object.assign(copy.uiapi.query, more);
    return copy;
};

async function opened(properties = {}) {
    const element = createElement('c-woo-product-images', { is: WooProductImages });
    document.body.appendChild(Object.assign(element, { recordId: '01tHp000001AbCdIAK', ...properties }));
    await flush();
    return element;
}

async function shown(data = answer, info = objectInfo) {
    const element = await opened();
    getObjectInfo.emit(info);
    graphql.emit(data);
    await flush();
    return element;
}

const boardOf = (element) => element.shadowRoot.querySelector('c-woo-product-image-board');
const rootOf = (element) => (boardOf(element) ?? element).shadowRoot;
const find = (element, selector) => rootOf(element).querySelector(selector);
const zoneOf = (element, name) =>
    [...rootOf(element).querySelectorAll('c-woo-product-image-zone')].find((zone) => zone.name === name);
const tilesOf = (element, name) => zoneOf(element, name).zone.tiles;
const keysOf = (element, name) => tilesOf(element, name).map(({ key }) => key);
const tileOf = (element, key) =>
    [...rootOf(element).querySelectorAll('c-woo-product-image-zone')]
        .flatMap((zone) => [...zone.shadowRoot.querySelectorAll('c-woo-product-image-tile')])
        .find((one) => one.tile.key === key);

async function act(element, key, kind) {
    const menu = tileOf(element, key).shadowRoot.querySelector('lightning-button-menu');
    menu.dispatchEvent(new CustomEvent('select', { detail: { value: kind } }));
    await flush();
}

async function drop(element, key, zone, before) {
    zoneOf(element, 'files').dispatchEvent(new CustomEvent('imagedrag', { detail: key }));
    await flush();
    const accepted = zoneOf(element, zone).zone.accepts;
    zoneOf(element, zone).dispatchEvent(new CustomEvent('imagedrop', { detail: { zone, before } }));
    await flush();
    return accepted;
}
const announced = (element) => find(element, '.announcement').textContent;

describe('c-woo-product-images', () => {
    beforeEach(() => updateRecord.mockResolvedValue({ lastModifiedDate: SAVED }));
    afterEach(() => {
        document.body.replaceChildren();
        jest.resetAllMocks();
    });

    it('asks for the product once, by the fields of its properties', async () => {
        await opened({ featuredField: 'Main_Picture__c', galleryField: 'More_Pictures__c' });
        const { query, variables } = graphql.getLastConfig();
        expect(query).toMatch(/Main_Picture__c @optional \{ value \}\s+More_Pictures__c @optional \{ value \}/);
        expect(query).not.toContain('$named');
        expect(variables).toEqual({ id: '01tHp000001AbCdIAK', first: 50 });
    });

    it('shows a spinner until there is an answer, and three places then', async () => {
        const element = await opened();
        expect(find(element, 'lightning-spinner')).not.toBeNull();
        getObjectInfo.emit(objectInfo);
        graphql.emit(answer);
        await flush();
        expect(find(element, 'lightning-spinner')).toBeNull();
        expect(keysOf(element, 'featured')).toEqual([MUG]);
        expect(keysOf(element, 'gallery')).toEqual([SIDE, HAND]);
        expect(keysOf(element, 'files')).toEqual([HUGE, SHEET, NOTHING, UNUSED]);
        expect(tilesOf(element, 'featured')[0].thumbnail).toBe(
            '/sfc/servlet.shepherd/version/renditionDownload?rendition=THUMB240BY180&versionId=068Hp0000000001IAA'
        );
    });

    it('says of each file that the shop does not take why, and offers no way to use it', async () => {
        const element = await shown();
        const badges = tilesOf(element, 'files').map(({ badge }) => badge);
        expect(badges).toEqual([
            'c.Woo_Images_Size_Badge',
            'c.Woo_Images_Type_Badge',
            'c.Woo_Images_Empty_Badge',
            undefined
        ]);
        const usable = tilesOf(element, 'files').map(({ actions }) => actions.every(({ disabled }) => !disabled));
        expect(usable).toEqual([false, false, false, true]);
        expect(await drop(element, SHEET, 'gallery')).toBe(false);
    });

    it('saves what is chosen in a menu by one call, with the date that was read, and says what happened', async () => {
        const element = await shown();
        await act(element, UNUSED, 'add');
        expect(keysOf(element, 'gallery')).toEqual([SIDE, HAND, UNUSED]);
        expect(updateRecord.mock.calls).toEqual([
            [
                { fields: { Id: '01tHp000001AbCdIAK', Woo_Gallery_Images__c: `${SIDE};${HAND};${UNUSED}` } },
                { ifUnmodifiedSince: READ }
            ]
        ]);
        expect(announced(element)).toBe('c.Woo_Images_Said_Placed');
        await act(element, SIDE, 'feature');
        expect(updateRecord.mock.calls[1]).toEqual([
            {
                fields: {
                    Id: '01tHp000001AbCdIAK',
                    Woo_Featured_Image__c: SIDE,
                    Woo_Gallery_Images__c: `${MUG};${HAND};${UNUSED}`
                }
            },
            { ifUnmodifiedSince: SAVED }
        ]);
        expect(announced(element)).toBe('c.Woo_Images_Said_Featured');
    });

    it('moves images with their buttons, up to the ends', async () => {
        const element = await shown();
        await act(element, SIDE, 'later');
        expect(keysOf(element, 'gallery')).toEqual([HAND, SIDE]);
        await act(element, SIDE, 'later');
        await act(element, HAND, 'earlier');
        expect(updateRecord).toHaveBeenCalledTimes(1);
        await act(element, SIDE, 'earlier');
        expect(keysOf(element, 'gallery')).toEqual([SIDE, HAND]);
    });

    it('takes what is dragged into any place', async () => {
        const element = await shown();
        expect(await drop(element, UNUSED, 'gallery', HAND)).toBe(true);
        expect(keysOf(element, 'gallery')).toEqual([SIDE, UNUSED, HAND]);
        expect(await drop(element, HAND, 'featured')).toBe(true);
        expect(keysOf(element, 'featured')).toEqual([HAND]);
        expect(await drop(element, UNUSED, 'files')).toBe(true);
        expect(keysOf(element, 'gallery')).toEqual([SIDE, MUG]);
        expect(keysOf(element, 'files')).toContain(UNUSED);
    });

    it('keeps the focus on the image that was moved, and near one that is gone', async () => {
        const focused = [];
        const element = await shown(productWith({ Woo_Gallery_Images__c: { value: `${SIDE};junk` } }));
        for (const name of ['featured', 'gallery', 'files']) {
            const zone = zoneOf(element, name);
            jest.spyOn(zone, 'focusOn').mockImplementation((key) => {
                const isHere = zone.zone.tiles.some((tile) => tile.key === key);
                if (isHere) focused.push(`${name} ${key}`);
                return isHere;
            });
            jest.spyOn(zone, 'focus').mockImplementation(() => focused.push(name));
        }
        await act(element, UNUSED, 'feature');
        await act(element, 'junk', 'remove');
        expect(focused).toEqual([`featured ${UNUSED}`, 'gallery']);
    });

    it('asks for files that the fields name and the product does not have, and explains one that is missing', async () => {
        const texts = {
            Woo_Featured_Image__c: { value: 'junk' },
            Woo_Gallery_Images__c: { value: `${OTHER};${SIDE}` }
        };
        const element = await shown(productWith(texts));
        expect(graphql.getLastConfig().variables.named).toEqual([OTHER]);
        expect(graphql.getLastConfig().query).toContain('ContentDocument(where: { Id: { in: $named } }');
        expect(tilesOf(element, 'gallery')[0].badge).toBeUndefined();
        graphql.emit(productWith(texts, { ContentDocument: { edges: [] } }));
        await flush();
        const [missing, side] = tilesOf(element, 'gallery');
        expect([missing.badge, missing.title, side.badge]).toEqual([
            'c.Woo_Images_Missing_Badge',
            'c.Woo_Images_Missing_Title',
            undefined
        ]);
        expect(tilesOf(element, 'featured')[0]).toMatchObject({ title: 'junk', badge: 'c.Woo_Images_Text_Badge' });
        await act(element, OTHER, 'remove');
        expect(keysOf(element, 'gallery')).toEqual([SIDE]);
    });

    it('shows a second featured image as one that does not count', async () => {
        const element = await shown(productWith({ Woo_Featured_Image__c: { value: `${MUG};${UNUSED}` } }));
        expect(tilesOf(element, 'featured').map(({ badge }) => badge)).toEqual([undefined, 'c.Woo_Images_Extra_Badge']);
    });

    it('says that the gallery is full, and takes no more', async () => {
        const info = copyOf(objectInfo);
        info.fields.Woo_Gallery_Images__c.length = 37;
        const element = await shown(answer, info);
        expect(zoneOf(element, 'gallery').zone.hint).toBe('c.Woo_Images_Full');
        expect(tilesOf(element, 'files')[3].actions).toContainEqual(
            expect.objectContaining({ kind: 'add', label: 'c.Woo_Images_Add_Full', disabled: true })
        );
        expect(await drop(element, UNUSED, 'gallery')).toBe(false);
        expect(updateRecord).not.toHaveBeenCalled();
    });

    it('keeps the gallery of a variation closed', async () => {
        const parent = {
            Woo_Parent_Product__c: { value: '01tHp000001AbCeIAK' },
            Woo_Gallery_Images__c: { value: null }
        };
        const element = await shown(productWith(parent));
        expect(zoneOf(element, 'gallery').zone).toMatchObject({ hint: 'c.Woo_Images_Variation', count: undefined });
        expect(await drop(element, UNUSED, 'gallery')).toBe(false);
    });

    it('goes back and says why when a save fails', async () => {
        const element = await shown();
        updateRecord.mockRejectedValue({ status: 400, body: { message: 'A rule says no.' } });
        await act(element, SIDE, 'remove');
        await flush();
        expect(keysOf(element, 'gallery')).toEqual([SIDE, HAND]);
        expect(find(element, 'c-woo-product-image-notice').edit.errors.body.message).toBe('A rule says no.');
    });

    it('shows what somebody else did meanwhile, and makes the own change again', async () => {
        const element = await shown();
        updateRecord.mockRejectedValueOnce({ status: 412, body: {} });
        graphql.refresh.mockImplementation(async () => {
            const theirs = { value: `${HAND};${UNUSED}` };
            const by = { Name: { value: 'Ada' } };
            const at = { value: '2026-11-20T10:03:00.000Z' };
            graphql.emit(productWith({ Woo_Gallery_Images__c: theirs, LastModifiedBy: by, LastModifiedDate: at }));
        });
        await act(element, SIDE, 'feature');
        await flush();
        expect(keysOf(element, 'gallery')).toEqual([HAND, UNUSED]);
        expect(keysOf(element, 'featured')).toEqual([MUG]);
        const notice = find(element, 'c-woo-product-image-notice');
        expect(notice.edit.conflict.by).toBe('Ada');
        notice.dispatchEvent(new CustomEvent('applymine'));
        await flush();
        expect(updateRecord.mock.calls[1]).toEqual([
            { fields: { Id: '01tHp000001AbCdIAK', Woo_Featured_Image__c: SIDE } },
            { ifUnmodifiedSince: '2026-11-20T10:03:00.000Z' }
        ]);
    });

    it('undoes the last change', async () => {
        const element = await shown();
        await act(element, SIDE, 'remove');
        const status = find(element, 'c-woo-product-image-status');
        expect(status.edit).toMatchObject({ phase: 'saved', canUndo: true });
        status.dispatchEvent(new CustomEvent('undo'));
        await flush();
        expect(keysOf(element, 'gallery')).toEqual([SIDE, HAND]);
        expect(announced(element)).toBe('c.Woo_Images_Said_Undone');
    });

    it('makes the first upload of a product without an image its featured one, and offers the others', async () => {
        const element = await shown(emptyAnswer);
        expect(zoneOf(element, 'files').zone.empty).toBe('c.Woo_Images_Nothing c.Woo_Images_Nothing_Upload');
        const uploaded = productWith({
            Woo_Featured_Image__c: { value: null },
            Woo_Gallery_Images__c: { value: null }
        });
        graphql.refresh.mockImplementation(async () => graphql.emit(uploaded));
        const upload = find(element, 'c-woo-product-image-upload');
        upload.dispatchEvent(new CustomEvent('uploaded', { detail: [SHEET, MUG, SIDE] }));
        await flush();
        expect(updateRecord.mock.calls[0][0].fields).toEqual({ Id: '01tHp000001AbCdIAK', Woo_Featured_Image__c: MUG });
        expect(upload.uploaded).toEqual({ count: 3, rest: [SIDE], isFeatured: true });
        upload.dispatchEvent(new CustomEvent('add'));
        await flush();
        expect(updateRecord.mock.calls[1][0].fields).toMatchObject({ Woo_Gallery_Images__c: SIDE });
        expect(upload.uploaded).toBeUndefined();
    });

    it('lets people without the right look, and says which permission set they need', async () => {
        const info = copyOf(objectInfo);
        info.fields.Woo_Gallery_Images__c.updateable = false;
        const element = await shown(answer, info);
        expect(find(element, '.read-only').textContent).toBe('c.Woo_Images_Read_Only');
        expect(find(element, 'c-woo-product-image-upload')).toBeNull();
        expect(tilesOf(element, 'gallery').flatMap(({ actions }) => actions)).toEqual([]);
        expect(tilesOf(element, 'gallery').map(({ draggable }) => draggable)).toEqual(['false', 'false']);
    });

    it('leaves a field out that the user may not see, and names it', async () => {
        const hidden = copyOf(answer);
        delete hidden.uiapi.query.Product2.edges[0].node.Woo_Gallery_Images__c;
        const element = await shown(hidden);
        expect(zoneOf(element, 'gallery')).toBeUndefined();
        expect(find(element, '.hidden-field').textContent).toBe('c.Woo_Error_No_Access_To');
        expect(find(element, 'c-woo-product-image-upload')).toBeNull();
    });

    it('asks for more files where there are more', async () => {
        const links = answer.uiapi.query.Product2.edges[0].node.ContentDocumentLinks;
        const element = await shown(
            productWith({ ContentDocumentLinks: { ...links, pageInfo: { hasNextPage: true } } })
        );
        find(element, '.more').click();
        await flush();
        expect(graphql.getLastConfig().variables.first).toBe(100);
    });

    it('begins anew with another product, also one that was saved earlier', async () => {
        const element = await shown();
        element.recordId = '01tHp000002AbCdIAK';
        await flush();
        expect(find(element, 'lightning-spinner')).not.toBeNull();
        expect(graphql.getLastConfig().variables.id).toBe('01tHp000002AbCdIAK');
        const older = {
            LastModifiedDate: { value: '2020-01-01T00:00:00.000Z' },
            Woo_Featured_Image__c: { value: HAND }
        };
        graphql.emit(productWith(older));
        await flush();
        expect(keysOf(element, 'featured')).toEqual([HAND]);
    });

    it('says what is wrong when it cannot be read, and tries again', async () => {
        const element = await opened();
        graphql.emitErrors(errors);
        await flush();
        const panel = find(element, 'c-woo-error-panel');
        expect(panel.errors).toEqual(errors);
        panel.dispatchEvent(new CustomEvent('retry'));
        expect(graphql.refresh).toHaveBeenCalledTimes(1);
        graphql.emit({ uiapi: { query: { Product2: { edges: [] } } } });
        await flush();
        expect(find(element, 'c-woo-error-panel').errors).toBe('c.Woo_Error_Not_Found');
    });

    it('refuses properties that cannot stand in a query, without asking anything', async () => {
        for (const properties of [{ featuredField: 'Image { value } }' }, { galleryField: 'Woo_Featured_Image__c' }]) {
            // eslint-disable-next-line no-await-in-loop
            const element = await opened(properties);
            expect(graphql.getLastConfig().query).toBeUndefined();
            expect(find(element, 'c-woo-error-panel').errors).toMatch(/Woo_Images_(Bad|Same)_Field/);
            document.body.replaceChildren();
        }
    });
});
