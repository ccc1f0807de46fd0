import { BuiltinProviderId, dropReasonText, type SchemaStore } from '../../etw/index.js';
import type { CaptureLocation, HostModel } from '../../host/index.js';
import { compartmentLookup, driverName } from '../../host/index.js';
import type { NameLookup } from './packet-comment.js';

/** PktMon's event for a dropped packet; the flow event 160 has the same fields. */
const PACKET_EVENTS = [170, 160];

/** The names that packet comments ask for, from the model and the trace's schemas. */
export function hostNames(model: HostModel, schemas: SchemaStore, build: number): NameLookup {
  const embedded = PACKET_EVENTS.map((id) => schemas.locateById(BuiltinProviderId.pktMon, id, 0)).find(
    (schema) => schema?.origin === 'embedded',
  );
  const reasons = embedded?.fields.find(({ name }) => name === 'DropReason')?.map?.entries;
  const compartmentOf = compartmentLookup(model);
  const compartments = new Map<CaptureLocation, number | undefined>();
  return {
    componentName: (componentId) => {
      const component = model.components.get(componentId);
      return component && driverName(component);
    },
    dropReasonText: (reason) => reasons?.get(reason)?.trim() || dropReasonText(reason, build),
    compartmentId: (captureLocation) => {
      // Hot path: called for every packet.
      const known = compartments.get(captureLocation);
      if (known !== undefined || compartments.has(captureLocation)) return known;
      const found = compartmentOf(captureLocation);
      compartments.set(captureLocation, found);
      return found;
    },
  };
}
