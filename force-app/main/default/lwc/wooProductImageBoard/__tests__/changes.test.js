import { capacityOf, changed } from '../changes';

const [A, B, C, D] = [1, 2, 3, 4].map((n) => `069Hp000000000${n}IAA`);
const images = { featured: [A], gallery: [B, C] };
const full = 13;
const after = (change, from = images, capacity = full) => changed(from, change, capacity);

describe('changes of images', () => {
    it('know how many ids a field holds', () => {
        expect([255, 18, 17, 37, 32768].map(capacityOf)).toEqual([13, 1, 0, 2, 1724]);
    });

    it('let the featured image and one of the gallery change places', () => {
        expect(after({ kind: 'feature', key: C })).toEqual({ featured: [C], gallery: [B, A] });
        expect(after({ kind: 'feature', key: D })).toEqual({ featured: [D], gallery: [B, C] });
        expect(after({ kind: 'feature', key: B }, { featured: [], gallery: [B] })).toEqual({
            featured: [B],
            gallery: []
        });
    });

    it('put an image before another one, or at the end', () => {
        expect(after({ kind: 'place', key: C, before: B }).gallery).toEqual([C, B]);
        expect(after({ kind: 'place', key: D, before: C }).gallery).toEqual([B, D, C]);
        expect(after({ kind: 'place', key: D, before: 'gone' }).gallery).toEqual([B, C, D]);
        expect(after({ kind: 'place', key: A })).toEqual({ featured: [], gallery: [B, C, A] });
    });

    it('take an image out of the shop', () => {
        expect(after({ kind: 'remove', key: A })).toEqual({ featured: [], gallery: [B, C] });
        expect(after({ kind: 'remove', key: B })).toEqual({ featured: [A], gallery: [C] });
    });

    it('give the same object where nothing changes', () => {
        const idle = [
            { kind: 'feature', key: A },
            { kind: 'place', key: B, before: C },
            { kind: 'place', key: C },
            { kind: 'place', key: B, before: B },
            { kind: 'remove', key: D },
            { kind: 'restore', images: { featured: [A], gallery: [B, C] } }
        ];
        expect(idle.map((change) => after(change) === images)).toEqual(idle.map(() => true));
    });

    it('add nothing to a full gallery, and still order it', () => {
        expect(after({ kind: 'place', key: D }, images, 2)).toBe(images);
        expect(after({ kind: 'place', key: C, before: B }, images, 2).gallery).toEqual([C, B]);
        expect(after({ kind: 'place', key: C, before: B }, images, 1).gallery).toEqual([C, B]);
    });
});
