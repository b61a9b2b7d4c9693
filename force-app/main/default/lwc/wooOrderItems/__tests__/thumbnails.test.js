import { fileIdIn, thumbnailsOf } from '../thumbnails';
import images from './data/thumbnails.json';

describe('images of products', () => {
    it.each([
        ['069000000000001AAA', '069000000000001'],
        ['069000000000001', '069000000000001'],
        [' 069000000000001AAA; 069000000000002AAA', '069000000000001'],
        ['https://acme.lightning.force.com/lightning/r/ContentDocument/069000000000002AAA/view', '069000000000002'],
        ['https://acme.my.salesforce.com/069000000000002?x=1', '069000000000002']
    ])('finds the file in %s', (text, id) => {
        expect(fileIdIn(text)).toBe(id);
    });

    it.each([
        [null],
        [undefined],
        [''],
        ['red'],
        ['01t000000000001AAA'],
        ['x069000000000001AAA'],
        ['0690000000000012345']
    ])('finds none in %s', (text) => {
        expect(fileIdIn(text)).toBeUndefined();
    });

    it('makes the address of a thumbnail from the newest version', () => {
        const [first] = thumbnailsOf(images.uiapi.query.ContentVersion);
        expect(first).toEqual([
            '069000000000001',
            '/sfc/servlet.shepherd/version/renditionDownload?rendition=THUMB120BY90&versionId=068000000000001AAA'
        ]);
        expect(thumbnailsOf(undefined)).toEqual([]);
    });
});
