import { count, plural } from '../../format/index.js';
import type { MapLink, MapNode, StackMap } from '../report-data.js';
import { cutName } from './cut-name.js';
import { h, section, svg } from './dom.js';
import type { View } from './view.js';

/** Pixels. */
const BOX = { width: 176, height: 58 } as const;
const GAP = { x: 22, y: 46 } as const;
const LANE = { padding: 14, gap: 18, title: 30 } as const;
/** A wide map shrinks so far before it is scrolled. */
const SMALLEST_SCALE = 0.7;
const NAME_CHARACTERS = 21;
const LINK = { thinnest: 1.5, thickest: 6 } as const;

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The stack as boxes and arrows. */
export function stackSection(map: StackMap, view: View): HTMLElement {
  if (map.nodes.length === 0) return section('stack', 'The stack', 'No packet was seen.');
  const lefts: number[] = [];
  let width: number = LANE.gap;
  for (const { columns } of map.lanes) {
    lefts.push(width);
    width += laneWidth(columns) + LANE.gap;
  }
  const height = LANE.title + map.layers * (BOX.height + GAP.y) + LANE.padding;
  const spotOf = ({ column, lane, layer }: MapNode): Spot => ({
    x: (lefts[lane] ?? 0) + LANE.padding + column * (BOX.width + GAP.x),
    y: LANE.title + LANE.padding + layer * (BOX.height + GAP.y),
  });
  const spots = new Map(map.nodes.map((node) => [node.id, spotOf(node)]));
  const boxes = map.nodes.map((node) => ({ node, box: boxOf(node, spotOf(node), view) }));
  const drawing = svg(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      role: 'group',
      'aria-label': 'Map of the network stack: the wire at the bottom',
    },
    svg('defs', {}, arrowHead()),
    ...map.lanes.map(({ columns, name }, at) => laneOf(name, lefts[at] ?? 0, laneWidth(columns), height)),
    ...linksOf(map, spots),
    ...boxes.map(({ box }) => box),
  );
  drawing.style.minWidth = `${Math.round(width * SMALLEST_SCALE)}px`;
  drawing.style.maxWidth = `${width}px`;
  const update = (): void => {
    for (const { box, node } of boxes) {
      const fits = view.text === '' || `${node.name} ${node.about}`.toLowerCase().includes(view.text);
      box.classList.toggle('dim', !fits);
    }
  };
  view.onChange(update);
  const left =
    map.nodesLeftOut > 0 ? ` ${plural(map.nodesLeftOut, 'place')} with fewer packets left out.` : '';
  return section(
    'stack',
    'The stack',
    `Applications and IP at the top, the wire at the bottom; one column per compartment or vSwitch. Arrow width: packets. Click a box to filter.${left}`,
    h(
      'div',
      { class: 'scroll map', tabindex: 0, role: 'region', 'aria-label': 'Map of the network stack' },
      drawing,
    ),
    h(
      'p',
      { class: 'key' },
      h('span', { class: 'key-drop' }, 'dropped here'),
      h('span', { class: 'key-lost' }, 'last seen here, neither dropped nor delivered'),
    ),
  );
}

const laneWidth = (columns: number): number => columns * BOX.width + (columns - 1) * GAP.x + 2 * LANE.padding;

const laneOf = (name: string, x: number, width: number, height: number): SVGElement =>
  svg(
    'g',
    { class: 'lane' },
    svg('rect', { x, y: 4, width, height: height - 8, rx: 10 }),
    svg('text', { x: x + LANE.padding, y: 24 }, svg('title', {}, name), cutName(name, Math.floor(width / 8))),
  );

const arrowHead = (): SVGElement =>
  svg(
    'marker',
    {
      id: 'arrow',
      class: 'arrow',
      viewBox: '0 0 8 8',
      refX: 7,
      refY: 4,
      markerWidth: 13,
      markerHeight: 11,
      markerUnits: 'userSpaceOnUse',
      orient: 'auto',
    },
    svg('path', { d: 'M0 0 L8 4 L0 8 Z' }),
  );

function boxOf(node: MapNode, { x, y }: Spot, view: View): SVGGElement {
  const { about, dropped, lastSeen, name, packets } = node;
  const description = [
    name,
    about,
    plural(packets, 'packet'),
    dropped > 0 ? `${count(dropped)} dropped` : '',
    lastSeen > 0 ? `${count(lastSeen)} last seen here` : '',
  ].filter((part) => part !== '');
  const box = svg(
    'g',
    {
      class: `node ${dropped > 0 ? 'has-drops' : ''} ${lastSeen > 0 ? 'has-lost' : ''}`,
      transform: `translate(${x} ${y})`,
      tabindex: 0,
      role: 'button',
    },
    svg('title', {}, description.join('\n')),
    svg('rect', { width: BOX.width, height: BOX.height, rx: 7 }),
    svg('text', { x: 10, y: 19, class: 'node-name', 'aria-hidden': 'true' }, cutName(name, NAME_CHARACTERS)),
    svg('text', { x: 10, y: 35, class: 'node-about', 'aria-hidden': 'true' }, cutName(about, 26)),
    svg('text', { x: 10, y: 50, class: 'node-count', 'aria-hidden': 'true' }, plural(packets, 'packet')),
    ...badges(dropped, lastSeen),
  );
  const filter = (): void => {
    const isSame = view.text === name.toLowerCase();
    view.set({ text: isSame ? '' : name });
  };
  box.addEventListener('click', filter);
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    filter();
  });
  return box;
}

/** Number of packets that ended here, on the box's upper edge. */
function badges(drops: number, lastSeen: number): SVGElement[] {
  let right = BOX.width - 8;
  return [
    ...(drops > 0 ? [{ kind: 'drop', text: `${count(drops)} dropped` }] : []),
    ...(lastSeen > 0 ? [{ kind: 'lost', text: `${count(lastSeen)} last seen` }] : []),
  ].map(({ kind, text }) => {
    const width = 6.6 * text.length + 14;
    right -= width + 4;
    return svg(
      'g',
      { class: `badge ${kind}`, transform: `translate(${right + 4} -10)` },
      svg('rect', { width, height: 20, rx: 10 }),
      svg('text', { x: width / 2, y: 14, 'text-anchor': 'middle', 'aria-hidden': 'true' }, text),
    );
  });
}

function linksOf({ links, nodes }: StackMap, spots: ReadonlyMap<number, Spot>): SVGElement[] {
  const most = Math.max(1, ...links.map(({ packets }) => packets));
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  const pairs = new Set(links.map(({ from, to }) => `${from} ${to}`));
  return links.flatMap((link) => {
    const from = spots.get(link.from);
    const to = spots.get(link.to);
    if (from === undefined || to === undefined) return [];
    // Two that go both ways keep to their right.
    const shift = pairs.has(`${link.to} ${link.from}`) ? 9 : 0;
    const width = LINK.thinnest + (LINK.thickest - LINK.thinnest) * Math.sqrt(link.packets / most);
    const description = `${names.get(link.from)} to ${names.get(link.to)}: ${plural(link.packets, 'packet')}`;
    return [
      svg(
        'g',
        { class: 'link' },
        svg('title', {}, description),
        svg('path', {
          d: curve(from, to, shift),
          'stroke-width': width.toFixed(1),
          'marker-end': 'url(#arrow)',
        }),
        linkCount(link, from, to, shift),
      ),
    ];
  });
}

function linkCount({ packets }: MapLink, from: Spot, to: Spot, shift: number): SVGElement {
  const isDown = to.y > from.y;
  const x = (from.x + to.x + BOX.width) / 2;
  const y = (from.y + to.y + BOX.height) / 2 + 4;
  if (Math.abs(from.y - to.y) < 1)
    return svg('text', { x, y: y - 8, 'text-anchor': 'middle' }, count(packets));
  const out = detour(from, to);
  if (out !== 0) return svg('text', { x: x + out, y, 'text-anchor': 'middle' }, count(packets));
  const beside = isDown ? -shift - 6 : shift + 6;
  return svg('text', { x: x + beside, y, 'text-anchor': isDown ? 'end' : 'start' }, count(packets));
}

/**
 * Horizontal offset of a curve that passes boxes between its ends in the same column; downwards on the left, upwards on
 * the right.
 */
function detour(from: Spot, to: Spot): number {
  const isFar = Math.abs(to.y - from.y) > BOX.height + 2 * GAP.y && Math.abs(to.x - from.x) < BOX.width;
  return isFar ? (BOX.width / 2 + 16) * (to.y > from.y ? -1 : 1) : 0;
}

/**
 * From the lower edge of one box to the upper edge of the other, or in reverse; between the sides of boxes in one
 * layer.
 */
function curve(from: Spot, to: Spot, shift: number): string {
  const middle = BOX.width / 2;
  if (Math.abs(from.y - to.y) < 1) {
    const isRight = to.x > from.x;
    const y = from.y + BOX.height / 2 + (isRight ? -shift : shift);
    const [x1, x2] = isRight ? [from.x + BOX.width, to.x] : [from.x, to.x + BOX.width];
    const lift = Math.abs(x2 - x1) > GAP.x * 3 ? BOX.height : 0;
    return `M${x1} ${y} C${(x1 + x2) / 2} ${y - lift} ${(x1 + x2) / 2} ${y - lift} ${x2} ${y}`;
  }
  const isDown = to.y > from.y;
  const side = isDown ? -shift : shift;
  const [y1, y2] = isDown ? [from.y + BOX.height, to.y] : [from.y, to.y + BOX.height];
  const bend = Math.min(70, Math.abs(y2 - y1) / 2) * (isDown ? 1 : -1);
  const [x1, x2] = [from.x + middle + side, to.x + middle + side];
  const out = detour(from, to) * 1.4;
  return `M${x1} ${y1} C${x1 + out} ${y1 + bend} ${x2 + out} ${y2 - bend} ${x2} ${y2}`;
}
