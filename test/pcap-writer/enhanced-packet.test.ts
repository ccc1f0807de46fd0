import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommentWriter, EnhancedPacket } from '../../src/pcap-writer/index.js';
import { PcapngWriter } from '../../src/pcap-writer/index.js';
import { readSection } from '../support/pcapng-reader.js';
import { capture, ETHERNET, hex, packet, utf8 } from './build.js';
import { plainEnhancedPacket } from './plain-enhanced-packet.js';

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const u32OrNone = fc.oneof(fc.constant(-1), u32);
const someBytes = fc.uint8Array({ maxLength: 300, size: 'max' });

/** Writes a comment, and the maximum of bytes after it. */
const writerOf = (comment: Uint8Array): CommentWriter => ({
  room: comment.length + 7,
  write(into, _view, at) {
    into.fill(0xee, at, at + comment.length + 16);
    into.set(comment, at);
    return comment.length;
  },
});

/** Any packet, its data anywhere in its bytes and its comment in a longer buffer. */
const anyPacket: fc.Arbitrary<EnhancedPacket> = fc
  .record({
    before: fc.uint8Array({ maxLength: 9 }),
    data: fc.oneof(someBytes, fc.uint8Array({ minLength: 55, maxLength: 75 })),
    after: fc.uint8Array({ maxLength: 40, size: 'max' }),
    interfaceId: fc.nat(2),
    timeHigh: u32,
    timeLow: u32,
    originalLength: fc.oneof(fc.nat(400), u32),
    flags: u32OrNone,
    hasPacketId: fc.boolean(),
    packetIdHigh: u32,
    packetIdLow: u32,
    verdict: fc.option(fc.uint8Array({ minLength: 1, maxLength: 12 }), { nil: undefined }),
    processId: u32OrNone,
    threadId: u32OrNone,
    comment: fc.option(fc.string({ unit: 'binary', maxLength: 40 }).map(utf8), { nil: undefined }),
    unusedComment: someBytes,
    hasView: fc.boolean(),
    hasWriter: fc.boolean(),
  })
  .map(({ before, data, after, comment, hasView, hasWriter, unusedComment, ...fields }) => {
    const bytes = new Uint8Array([...before, ...data, ...after]);
    return {
      ...fields,
      bytes,
      view: hasView ? new DataView(bytes.buffer) : undefined,
      start: before.length,
      length: data.length,
      comment: comment === undefined ? undefined : new Uint8Array([...comment, ...unusedComment]),
      commentLength: comment?.length ?? 0,
      commentWriter: comment !== undefined && hasWriter ? writerOf(comment) : undefined,
    };
  });

/** A writer with three interfaces whose header blocks have been taken. */
function writerOfPackets(chunkSize?: number): PcapngWriter {
  const writer = new PcapngWriter(chunkSize);
  writer.sectionHeader({});
  for (let id = 0; id < 3; id++) writer.interfaceDescription({ linkType: ETHERNET, snapLength: 0 });
  writer.take();
  return writer;
}

describe('Enhanced Packet Block', () => {
  it('is byte for byte what the plain twin writes, for any packets in a row and any chunk size', () => {
    fc.assert(
      fc.property(fc.array(anyPacket, { maxLength: 8 }), fc.nat(600), (packets, chunkSize) => {
        const writer = writerOfPackets(chunkSize);
        for (const one of packets) writer.enhancedPacket(one);
        const expected = Buffer.concat(packets.map(plainEnhancedPacket));
        expect(writer.pending).toBe(expected.length);
        expect(Buffer.from(writer.take()).equals(expected)).toBe(true);
      }),
    );
  });

  it('has its zeros also in a chunk that was written to before', () => {
    fc.assert(
      fc.property(fc.array(anyPacket, { minLength: 1, maxLength: 8 }), (packets) => {
        const writer = writerOfPackets();
        writer.enhancedPacket(packet({ bytes: new Uint8Array(20_000).fill(0xff) }));
        writer.giveBack(writer.take());
        for (const one of packets) writer.enhancedPacket(one);
        expect(Buffer.from(writer.take()).equals(Buffer.concat(packets.map(plainEnhancedPacket)))).toBe(true);
      }),
    );
  });

  it('is laid out as the specification draws it', () => {
    const writer = writerOfPackets();
    writer.enhancedPacket(
      packet({
        interfaceId: 2,
        timeHigh: 0x0004c39e,
        timeLow: 0x6589_7396,
        bytes: hex('ff 0a0b0c0d0e ff'),
        start: 1,
        length: 5,
        originalLength: 0x1234,
        flags: 2,
        hasPacketId: true,
        packetIdHigh: 0xffffb60f,
        packetIdLow: 0x9f000010,
        verdict: hex('02 0000000000000002'),
        processId: 1234,
        comment: utf8('PID=1234'),
      }),
    );
    expect(Buffer.from(writer.take()).toString('hex')).toBe(
      Buffer.from(
        hex(
          '06000000 68000000 02000000 9ec30400 96738965 05000000 34120000' +
            '0a0b0c0d 0e000000' +
            '0200 0400 02000000' +
            '0500 0800 1000009f 0fb6ffff' +
            '0700 0900 0200000000000000 02000000' +
            '0800 0800 d2040000 00000000' +
            '0100 0800 5049443d31323334' +
            '0000 0000 68000000',
        ),
      ).toString('hex'),
    );
  });

  it('has no option list where nothing is known of the packet', () => {
    const writer = writerOfPackets();
    writer.enhancedPacket(packet({ bytes: hex('01020304') }));
    expect(writer.take().length).toBe(32 + 4);
  });

  it('keeps an empty comment and an empty packet', () => {
    const file = capture((writer) => {
      writer.enhancedPacket(packet({ bytes: new Uint8Array(0), comment: new Uint8Array(0) }));
    });
    expect(readSection(file).packets[0]).toMatchObject({ data: new Uint8Array(0), comments: [''] });
  });

  it('never has an original length below the captured length', () => {
    const file = capture((writer) => writer.enhancedPacket(packet({ originalLength: 1 })));
    const [read] = readSection(file).packets;
    expect(read?.originalLength).toBe(read?.data.length);
  });

  it('cuts a comment of more than 65,535 bytes at a character, with a mark', () => {
    for (const lead of ['', 'a', 'ab', 'abc']) {
      const comment = utf8(lead + '🦈'.repeat(20_000));
      const file = capture((writer) => writer.enhancedPacket(packet({ comment })));
      const text = readSection(file).packets[0]?.comments[0] ?? '';
      expect(text).toMatch(/^[abc]*(?:🦈)+ …\[cut\]$/u);
      const bytes = utf8(text).length;
      expect(bytes).toBeLessThanOrEqual(65_535);
      expect(bytes).toBeGreaterThan(65_535 - 4);
    }
  });

  it('keeps a comment of exactly 65,535 bytes', () => {
    const comment = utf8('x'.repeat(65_535));
    const file = capture((writer) => writer.enhancedPacket(packet({ comment })));
    expect(readSection(file).packets[0]?.comments).toEqual(['x'.repeat(65_535)]);
  });

  it('ignores what stands behind the end of a comment in its buffer, also where both are too long', () => {
    const comment = utf8('y'.repeat(70_000) + 'z'.repeat(10));
    const file = capture((writer) => {
      writer.enhancedPacket(packet({ comment, commentLength: 5 }));
      writer.enhancedPacket(packet({ comment, commentLength: 65_536 }));
    });
    const [first, second] = readSection(file).packets;
    expect(first?.comments).toEqual(['yyyyy']);
    expect(second?.comments).toEqual([`${'y'.repeat(65_526)} …[cut]`]);
  });

  it.each([
    ['data beyond the bytes', { start: 1 }],
    ['data before the bytes', { start: -1 }],
    ['a negative length', { length: -1 }],
    ['an interface that is not described', { interfaceId: 3 }],
    ['a negative interface', { interfaceId: -1 }],
    ['a comment beyond its bytes', { comment: utf8('x'), commentLength: 2 }],
    ['a comment that may be longer than an option', { commentWriter: { room: 65_536, write: () => 0 } }],
    ['a comment that is longer than it may be', { commentWriter: { room: 4, write: () => 5 } }],
    ['an empty verdict', { verdict: new Uint8Array(0) }],
    ['a verdict that is longer than an option', { verdict: new Uint8Array(65_536) }],
  ])('is refused, and nothing is written, for %s', (_, fields) => {
    const writer = writerOfPackets();
    expect(() => writer.enhancedPacket(packet(fields))).toThrow(RangeError);
    expect(writer.pending).toBe(0);
  });

  it('survives packets larger than a chunk, and what was taken stays as it was', () => {
    const writer = writerOfPackets(64);
    const large = new Uint8Array(100_000).fill(0xab);
    writer.enhancedPacket(packet({ bytes: large }));
    const first = writer.take();
    const copy = first.slice();
    writer.enhancedPacket(packet({ bytes: new Uint8Array(200).fill(0xcd) }));
    expect(Buffer.from(first).equals(copy)).toBe(true);
    expect(Buffer.from(first).equals(plainEnhancedPacket(packet({ bytes: large })))).toBe(true);
    expect(writer.pending).toBe(32 + 200);
  });
});
