import { TextEncoder } from 'node:util';
import { unzipSync, strFromU8 } from 'fflate';
import { download, zipOf } from 'c/wooZip';

// What browsers have, and jsdom has not.
Object.assign(globalThis, { TextEncoder });

const files = [
    { path: 'main/default/customMetadata/A.md-meta.xml', text: '<a>注文 🛒</a>\n' },
    { path: '商品/empty.txt', text: '' }
];

describe('a zip', () => {
    it('holds the files under their paths', () => {
        const found = Object.entries(unzipSync(zipOf(files))).map(([path, bytes]) => ({
            path,
            text: strFromU8(bytes)
        }));
        expect(found).toEqual(files);
    });

    it('is the same for the same files', () => {
        expect(zipOf(files)).toEqual(zipOf(files));
        expect(zipOf([])).toHaveLength(22);
    });
});

describe('a download', () => {
    it('has its name, and leaves no address behind', () => {
        URL.createObjectURL = jest.fn(() => 'blob:one');
        URL.revokeObjectURL = jest.fn();
        const clicked = [];
        const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function clicks() {
            clicked.push([this.href, this.download]);
        });
        download('order.zip', zipOf(files));
        expect(clicked).toEqual([['blob:one', 'order.zip']]);
        expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:one');
        click.mockRestore();
    });
});
