const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Of the format in which files are stored. */
const VERSION = 20;
/** Names are UTF-8. */
const UTF8 = 0x0800;
/** The first day that the format knows: the same files make the same bytes. */
const DAY = 0x0021;

const table = Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
});

function crcOf(bytes) {
    let crc = 0xffffffff;
    for (const byte of bytes) crc = table[(crc ^ byte) & 0xff] ^ (crc >>> 8);
    return (crc ^ 0xffffffff) >>> 0;
}

/** Numbers with their lengths in bytes, the lowest byte first. @param {[number, 2|4][]} numbers */
const packed = (numbers) =>
    numbers.flatMap(([value, length]) => Array.from({ length }, (_, at) => (value >>> (8 * at)) & 0xff));

/** What stands of a file both before its content and in the list at the end. */
const headOf = ({ name, bytes, crc }) =>
    packed([
        [VERSION, 2],
        [UTF8, 2],
        [0, 2],
        [0, 2],
        [DAY, 2],
        [crc, 4],
        [bytes.length, 4],
        [bytes.length, 4],
        [name.length, 2],
        [0, 2]
    ]);

/**
 * Files as one zip, stored as they are: they are few and small, and a browser has no synchronous compression.
 * @param {{ path: string, text: string }[]} files
 * @returns {Uint8Array}
 */
export function zipOf(files) {
    const encoder = new TextEncoder();
    const parts = [];
    const list = [];
    let offset = 0;
    for (const { path, text } of files) {
        const bytes = encoder.encode(text);
        const file = { name: encoder.encode(path), bytes, crc: crcOf(bytes) };
        const local = [...packed([[LOCAL, 4]]), ...headOf(file), ...file.name];
        const rest = packed([
            [0, 2],
            [0, 2],
            [0, 2],
            [0, 4],
            [offset, 4]
        ]);
        list.push(
            ...packed([
                [CENTRAL, 4],
                [VERSION, 2]
            ]),
            ...headOf(file),
            ...rest,
            ...file.name
        );
        parts.push(Uint8Array.from(local), bytes);
        offset += local.length + bytes.length;
    }
    const count = files.length;
    const end = [
        [END, 4],
        [0, 2],
        [0, 2],
        [count, 2],
        [count, 2],
        [list.length, 4],
        [offset, 4],
        [0, 2]
    ];
    return joined([...parts, Uint8Array.from([...list, ...packed(end)])]);
}

function joined(parts) {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
        whole.set(part, at);
        at += part.length;
    }
    return whole;
}

/**
 * Has the browser download a file.
 * @param {string} name
 * @param {BlobPart} content
 */
export function download(name, content) {
    // Other types may not be made into addresses by components of an org.
    const url = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
}
