import type { UnixTicks } from '../etl/index.js';
import type { CaptureLocation } from '../host/index.js';
import type { Packet } from '../packets/index.js';
import type { Flow } from './flow.js';
import { flowText, type JourneyStep } from './journey-steps.js';
import type { PacketPath } from './packet-path.js';

/** An event about a packet and an appearance of it are at most 50 ms apart, in ticks of 100 ns. */
const WINDOW = 500_000;
/** Events without addresses: at most 1 ms, on the same processor. */
const NEAR = 10_000;
/** Events about an endpoint or port, and packets there. */
const ENDPOINT_WINDOW = 10_000_000;
/** Flows and steps that are remembered. */
const MAX_FLOWS = 65_536;
const MAX_WAITING = 4096;
/** Steps of one path. */
const MAX_STEPS = 256;

const GUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gu;

/** The parts of a packet that a join needs. */
type SeenPacket = Pick<Packet, 'captureLocation' | 'processor' | 'timeHigh' | 'timeLow'>;

interface Seen {
  readonly path: PacketPath;
  readonly time: number;
}

interface LastOnProcessor extends Seen {
  readonly portId: number | undefined;
}

const timeOf = ({ timeHigh, timeLow }: UnixTicks): number => timeHigh * 2 ** 32 + timeLow;

/**
 * Joins steps to the paths of their packets: by addresses, ports and time to the packet of that flow that was seen last;
 * steps without addresses by processor, port and time to the packet of the step, or the appearance, before them.
 */
export class StepJoiner {
  /** Steps that no packet was found for. */
  unjoined = 0;
  readonly #byFlow = new Map<string, Seen>();
  /** By GUID in the names of vSwitch NICs and ports. */
  readonly #byGuid = new Map<string, Seen>();
  readonly #guids = new WeakMap<CaptureLocation, readonly string[]>();
  readonly #byProcessor = new Map<number, LastOnProcessor>();
  readonly #waiting = new Map<string, JourneyStep[]>();
  #waitingSteps = 0;
  readonly #texts = new WeakMap<Flow, string>();
  #isActive = false;

  /** Hot path, but only where the trace has steps. An appearance of a packet was added to its path. */
  seen(path: PacketPath, flow: Flow, host: number, packet: SeenPacket): void {
    const { captureLocation, processor } = packet;
    const key = `${host} ${this.#textOf(flow)}`;
    const time = timeOf(packet);
    this.#remember(key, path, time);
    for (const guid of this.#guidsOf(captureLocation)) this.#byGuid.set(guid, { path, time });
    this.#byProcessor.set(processor, { path, time, portId: undefined });
    if (this.#waitingSteps === 0) return;
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) return;
    this.#waiting.delete(key);
    this.#waitingSteps -= waiting.length;
    for (const step of waiting) {
      if (time - timeOf(step) <= WINDOW) this.#attach(path, step);
      else this.unjoined += 1;
    }
  }

  /** Whether the trace has steps: otherwise {@link seen} has nothing to do. */
  get isActive(): boolean {
    return this.#isActive;
  }

  /** To be called before the first packet, where the trace has steps. */
  activate(): void {
    this.#isActive = true;
  }

  add(step: JourneyStep, host: number): void {
    const time = timeOf(step);
    if (step.guids !== undefined) {
      this.#addEndpointStep(step, step.guids, time);
      return;
    }
    if (step.flow === undefined) {
      const last = this.#byProcessor.get(step.processor);
      const isNear = last !== undefined && time - last.time <= NEAR;
      const isPort = last?.portId === undefined || step.portId === undefined || last.portId === step.portId;
      if (isNear && isPort) this.#attach(last.path, step);
      else this.unjoined += 1;
      return;
    }
    const key = `${host} ${step.flow}`;
    const seen = this.#byFlow.get(key);
    if (seen !== undefined && time - seen.time <= WINDOW) {
      this.#attach(seen.path, step);
      return;
    }
    if (this.#waitingSteps >= MAX_WAITING) this.#forgetWaiting();
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) this.#waiting.set(key, [step]);
    else waiting.push(step);
    this.#waitingSteps += 1;
  }

  /** To the packet that was seen last at the endpoint or port. */
  #addEndpointStep(step: JourneyStep, guids: readonly string[], time: number): void {
    const seen = guids
      .flatMap((guid) => this.#byGuid.get(guid) ?? [])
      .find((each) => time - each.time <= ENDPOINT_WINDOW);
    if (seen === undefined || seen.path.steps.length >= MAX_STEPS) this.unjoined += 1;
    else seen.path.steps.push(step);
  }

  /** GUIDs in `{vm guid}--{nic guid}` and in names of ports. There are no more locations than interfaces. */
  #guidsOf(captureLocation: CaptureLocation): readonly string[] {
    let guids = this.#guids.get(captureLocation);
    if (guids === undefined) {
      const names = `${captureLocation.nicName ?? ''} ${captureLocation.portName ?? ''}`;
      guids = names.toLowerCase().match(GUID) ?? [];
      this.#guids.set(captureLocation, guids);
    }
    return guids;
  }

  /** The trace is at its end. */
  finish(): void {
    this.#forgetWaiting();
  }

  #forgetWaiting(): void {
    this.unjoined += this.#waitingSteps;
    this.#waiting.clear();
    this.#waitingSteps = 0;
  }

  #remember(key: string, path: PacketPath, time: number): void {
    if (this.#byFlow.size >= MAX_FLOWS && !this.#byFlow.has(key)) this.#byFlow.clear();
    this.#byFlow.set(key, { path, time });
  }

  #attach(path: PacketPath, step: JourneyStep): void {
    if (path.steps.length >= MAX_STEPS) {
      this.unjoined += 1;
      return;
    }
    path.steps.push(step);
    this.#byProcessor.set(step.processor, { path, time: timeOf(step), portId: step.portId });
  }

  #textOf(flow: Flow): string {
    let text = this.#texts.get(flow);
    if (text === undefined) {
      text = flowText(flow);
      this.#texts.set(flow, text);
    }
    return text;
  }
}
