-- etlcap.lua: Windows' metadata of each packet, as fields.
--
-- A post-dissector for captures that etlcap converted from ETL traces: the `key=value` tokens of the packet comments
-- become fields, the frames of one packet are linked to each other, and two statistics count packets and drops. It also
-- opens .etl files by running the converter. Fields, filters and the encoding are explained in etlcap's dissector-notes.md.
--
-- Installed by `etlcap wireshark install`; or: tshark -X lua_script:etlcap.lua …
-- For Wireshark 4.0 (Lua 5.2) and later (Lua 5.4): no `//`, no `&`, no integer division.

set_plugin_info({
  version = '0.1.0',
  description = 'Windows ETL traces that etlcap converted',
  author = 'the etlcap authors',
})

local etl = Proto('etl', 'ETL trace')

local function nothing() end

--- Wraps a function that Wireshark calls; every such function of this file is wrapped.
---
--- Wireshark writes to the parameters (File, CaptureInfo, FrameInfo, ...) after the call, and the garbage collector frees
--- a parameter as soon as Lua refers to it no longer. `return f(...)` is a tail call: Lua drops the caller's variables
--- before it calls f. Therefore the result goes to a variable, and the parameters are used once more after the call.
local function callback(run)
  return function(...)
    local result = run(...)
    nothing(...)
    return result
  end
end

----------------------------------------------------------------------------------------------------------------------
-- Fields
----------------------------------------------------------------------------------------------------------------------

--- Parsers of values: from a token's text to the argument of TreeItem:add; nil for text that is not such a value.

--- Decimal, 0 to `limit`.
local function decimal(limit)
  return function(text)
    local number = text:match('^%d+$') and #text <= 10 and tonumber(text)
    return number and number <= limit and number or nil
  end
end

local uint8, uint16, uint32 = decimal(0xff), decimal(0xffff), decimal(0xffffffff)

local function int32(text)
  local number = text:match('^-?%d+$') and #text <= 11 and tonumber(text)
  return number and math.abs(number) <= 0x7fffffff and number or nil
end

--- Up to 16 hexadecimal digits as UInt64.
local function uint64(text)
  local digits = text:match('^0x(%x+)$')
  if not digits or #digits > 16 then return nil end
  local low, high = digits:sub(-8), digits:sub(1, -9)
  return UInt64.new(tonumber(low, 16), high == '' and 0 or tonumber(high, 16))
end

local function hex32(text)
  local digits = text:match('^0x(%x+)$') or text:match('^%x+$')
  return digits and #digits <= 8 and tonumber(digits, 16) or nil
end

local function as_text(text)
  return text
end

local hop_field = ProtoField.uint32('etl.hop', 'Hop')

--- The fields of comment tokens, in the order of the comment: the key, its field, and how its text is read.
local TOKENS = {
  { 'PID', ProtoField.uint32('etl.pid', 'Process ID'), uint32 },
  { 'TID', ProtoField.uint32('etl.tid', 'Thread ID'), uint32 },
  { 'CPU', ProtoField.uint16('etl.cpu', 'Processor'), uint16 },
  { 'Dir', ProtoField.string('etl.dir', 'Direction'), as_text },
  { 'Packet', ProtoField.uint32('etl.packet', 'Packet'), uint32 },
  { 'Hop', hop_field, uint32 },
  { 'Match', ProtoField.string('etl.match', 'Matched by'), as_text },
  { 'Parent', ProtoField.uint32('etl.parent', 'Parent packet'), uint32 },
  { 'Parts', ProtoField.uint32('etl.parts', 'Part'), uint32, list = true },
  { 'NBL', ProtoField.uint64('etl.nbl', 'NBL', base.HEX), uint64 },
  { 'PktNumber', ProtoField.uint16('etl.pkt_number', 'Packet number in the NBL'), uint16 },
  { 'Appearance', ProtoField.uint16('etl.appearance', 'Appearance'), uint16 },
  { 'Component', ProtoField.string('etl.component', 'Component'), as_text },
  { 'ComponentId', ProtoField.uint16('etl.component_id', 'Component ID'), uint16 },
  { 'Edge', ProtoField.uint16('etl.edge', 'Edge of the component'), uint16 },
  { 'Filter', ProtoField.uint16('etl.filter', 'pktmon filter that matched'), uint16 },
  { 'VlanId', ProtoField.uint16('etl.vlan', 'VLAN'), uint16 },
  { 'Priority', ProtoField.uint8('etl.priority', 'Priority (802.1p)'), uint8 },
  { 'VSID', ProtoField.uint32('etl.vsid', 'Virtual subnet ID'), uint32 },
  { 'Compartment', ProtoField.uint32('etl.compartment', 'Compartment'), uint32 },
  { 'SrcPortId', ProtoField.uint32('etl.vswitch.src_port', 'vSwitch source port'), uint32 },
  { 'SrcNicType', ProtoField.string('etl.vswitch.src_nic_type', 'vSwitch source NIC type'), as_text },
  { 'SrcNicName', ProtoField.string('etl.vswitch.src_nic', 'vSwitch source NIC'), as_text },
  { 'SrcPortName', ProtoField.string('etl.vswitch.src_port_name', 'vSwitch source port name'), as_text },
  { 'DstNicCount', ProtoField.uint16('etl.vswitch.dst_count', 'vSwitch destinations'), uint16 },
  { 'DstPorts', ProtoField.uint32('etl.vswitch.dst_ports', 'vSwitch destination port'), uint32, list = true },
  { 'HashValue', ProtoField.uint32('etl.rss_hash', 'RSS hash', base.HEX), hex32 },
  { 'RoutingDomainID', ProtoField.string('etl.routing_domain', 'Routing domain'), as_text },
  { 'Username', ProtoField.string('etl.username', 'User'), as_text },
  { 'Drop', ProtoField.string('etl.drop', 'Dropped'), as_text },
  { 'DropReason', ProtoField.uint32('etl.drop_reason', 'Drop reason'), uint32 },
  { 'DropLocation', ProtoField.uint32('etl.drop_location', 'Drop location', base.HEX), hex32 },
  { 'GftFlow', ProtoField.uint64('etl.gft_flow', 'GFT flow', base.HEX), uint64 },
  { 'PacketType', ProtoField.string('etl.packet_type', 'Packet type that the source names'), as_text },
  { 'OriginalLength', ProtoField.string('etl.original_length', 'Original length'), as_text },
  { 'ReceiveFlags', ProtoField.uint32('etl.wifi.receive_flags', 'Receive flags', base.HEX), hex32 },
  { 'PhyId', ProtoField.uint32('etl.wifi.phy_id', 'PHY id (position in the adapter\'s table)'), uint32 },
  { 'CenterCh', ProtoField.uint32('etl.wifi.center', 'Center frequency (MHz)'), uint32 },
  { 'NumMPDUsReceived', ProtoField.uint16('etl.wifi.mpdus', 'MPDU fragments reassembled'), uint16 },
  { 'RSSI', ProtoField.int32('etl.wifi.rssi', 'RSSI (dBm)'), int32 },
  { 'DataRate', ProtoField.uint32('etl.wifi.data_rate', 'Data rate index'), uint32 },
  { 'Process', ProtoField.string('etl.process', 'Process'), as_text },
  { 'Owner', ProtoField.string('etl.owner', 'Owner of the flow'), as_text },
  { 'TeamMember', ProtoField.string('etl.team_member', 'Team member'), as_text },
  { 'Offload', ProtoField.string('etl.offload', 'Offload'), as_text },
}

local interface_field = ProtoField.string('etl.interface', 'Seen at')
local first_field = ProtoField.framenum('etl.first_frame', 'First frame of this packet')
local previous_field = ProtoField.framenum('etl.previous_frame', 'Previous frame of this packet')
local next_field = ProtoField.framenum('etl.next_frame', 'Next frame of this packet')
local drop_field = ProtoField.framenum('etl.drop_frame', 'Dropped in frame')
local parent_field = ProtoField.framenum('etl.parent_frame', 'First frame of the parent packet')
local part_field = ProtoField.framenum('etl.part_frame', 'First frame of a part')
local since_previous_field = ProtoField.relative_time('etl.since_previous', 'Time since the previous hop')
local since_first_field = ProtoField.relative_time('etl.since_first', 'Time since the first hop')

local fields = {
  interface_field,
  first_field,
  previous_field,
  next_field,
  drop_field,
  parent_field,
  part_field,
  since_previous_field,
  since_first_field,
}
for _, row in ipairs(TOKENS) do
  fields[#fields + 1] = row[2]
end
etl.fields = fields

local dropped_here =
  ProtoExpert.new('etl.dropped_here', 'Dropped here', expert.group.SEQUENCE, expert.severity.WARN)
local dropped_again =
  ProtoExpert.new('etl.dropped_again', 'Further drop record', expert.group.SEQUENCE, expert.severity.CHAT)
local drop_inferred =
  ProtoExpert.new('etl.drop_inferred', 'Marked as dropped (inferred)', expert.group.SEQUENCE, expert.severity.NOTE)
etl.experts = { dropped_here, dropped_again, drop_inferred }

local comment_of = Field.new('frame.comment')
local interface_name_of = Field.new('frame.interface_name')
local time_of = Field.new('frame.time_epoch')

----------------------------------------------------------------------------------------------------------------------
-- The comment's grammar: key=value tokens with one space between them; a value with white space, a quote, a backslash
-- or a control character is in double quotes, with \" \\ \n \r \t \uXXXX.
----------------------------------------------------------------------------------------------------------------------

local QUOTE, BACKSLASH, SPACE = 0x22, 0x5c, 0x20
local ESCAPES = { ['"'] = '"', ['\\'] = '\\', n = '\n', r = '\r', t = '\t' }
local REPLACEMENT_CHARACTER = '\239\191\189'

--- UTF-8 of a UTF-16 code unit. Wireshark's strings end at U+0000, and surrogates are not characters.
local function utf8_of(unit)
  if unit == 0 or (unit >= 0xd800 and unit <= 0xdfff) then return REPLACEMENT_CHARACTER end
  if unit < 0x80 then return string.char(unit) end
  local low = 0x80 + unit % 0x40
  local rest = (unit - unit % 0x40) / 0x40
  if unit < 0x800 then return string.char(0xc0 + rest, low) end
  return string.char(0xe0 + (rest - rest % 0x40) / 0x40, 0x80 + rest % 0x40, low)
end

--- The value whose opening quote is before `at`, and the position after its closing quote; nil without a closing quote.
local function quoted_value(text, at)
  local parts = {}
  while true do
    local stop = text:find('["\\]', at)
    if not stop then return nil end
    parts[#parts + 1] = text:sub(at, stop - 1)
    if text:byte(stop) == QUOTE then return table.concat(parts), stop + 1 end
    local letter = text:sub(stop + 1, stop + 1)
    local digits = letter == 'u' and text:match('^%x%x%x%x', stop + 2)
    if digits then
      parts[#parts + 1] = utf8_of(tonumber(digits, 16))
      at = stop + 6
    elseif ESCAPES[letter] then
      parts[#parts + 1] = ESCAPES[letter]
      at = stop + 2
    else
      return nil
    end
  end
end

--- The tokens of a comment by key, up to the first text that is not a token: a comment may be truncated, or continued by
--- hand. If a key is repeated, the first counts.
local function read_tokens(text)
  local values = {}
  local at = 1
  while true do
    local key, start = text:match('^(%a%w*)=()', at)
    if not key then return values end
    local value, stop
    if text:byte(start) == QUOTE then
      value, stop = quoted_value(text, start + 1)
    else
      value, stop = text:match('^([^ \t\r\n"\\]+)()', start)
    end
    local behind = stop and text:byte(stop)
    if not value or (behind and behind ~= SPACE) then return values end
    if values[key] == nil then values[key] = value end
    if not behind then return values end
    at = stop + 1
  end
end

--- The tokens of a packet comment of etlcap; nil for any other comment. Each of etlcap's has the processor, after process
--- and thread if they are known.
local function etlcap_tokens(comment)
  local at = comment:match('^PID=%d+ ()') or 1
  at = comment:match('^TID=%d+ ()', at) or at
  local behind = comment:match('^CPU=%d+()', at)
  if not behind or (behind <= #comment and comment:byte(behind) ~= SPACE) then return nil end
  return read_tokens(comment)
end

----------------------------------------------------------------------------------------------------------------------
-- Text that is safe to print
----------------------------------------------------------------------------------------------------------------------

--- First and last code points that are not printed as they are (Unicode 15): controls, formats (bidirectional marks,
--- overrides and isolates, characters without width), line and paragraph separators, surrogates.
local UNPRINTABLE = {
  { 0x80, 0x9f }, { 0xad, 0xad }, { 0x600, 0x605 }, { 0x61c, 0x61c }, { 0x6dd, 0x6dd }, { 0x70f, 0x70f },
  { 0x890, 0x891 }, { 0x8e2, 0x8e2 }, { 0x180e, 0x180e }, { 0x200b, 0x200f }, { 0x2028, 0x202e },
  { 0x2060, 0x2064 }, { 0x2066, 0x206f }, { 0xd800, 0xdfff }, { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb },
  { 0x110bd, 0x110bd }, { 0x110cd, 0x110cd }, { 0x13430, 0x1343f }, { 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a },
  { 0xe0001, 0xe0001 }, { 0xe0020, 0xe007f },
}

local function is_unprintable(code_point)
  for _, range in ipairs(UNPRINTABLE) do
    if code_point >= range[1] and code_point <= range[2] then return true end
  end
  return false
end

local function escaped_bytes(bytes)
  return (bytes:gsub('.', function(byte)
    return ('\\x%02x'):format(byte:byte())
  end))
end

--- Forms of UTF-8 by their first byte: from that byte on, a sequence has `length` bytes; `least` is the smallest code
--- point that needs so many.
local UTF8_FORMS = {
  { from = 0xf0, length = 4, least = 0x10000 },
  { from = 0xe0, length = 3, least = 0x800 },
  { from = 0xc0, length = 2, least = 0x80 },
}

--- The code point of a UTF-8 sequence, and the sequence's length; nil if it is not valid.
local function code_point_of(bytes)
  for _, form in ipairs(UTF8_FORMS) do
    if bytes:byte() >= form.from then
      if #bytes < form.length then return nil end
      local code_point = bytes:byte() - form.from
      for at = 2, form.length do
        code_point = code_point * 0x40 + bytes:byte(at) - 0x80
      end
      local is_valid = code_point >= form.least and code_point <= 0x10ffff
      return is_valid and code_point or nil, form.length
    end
  end
  return nil
end

--- Text from a trace, safe for a terminal, a list or a window: whatever could move the cursor, hide text or change its
--- order is escaped.
local function printable(text)
  local ascii = text:gsub('[\0-\31\127]', escaped_bytes)
  return (ascii:gsub('[\128-\255][\128-\191]*', function(bytes)
    local code_point, length = code_point_of(bytes)
    if not code_point then return escaped_bytes(bytes) end
    local character = is_unprintable(code_point) and ('\\u{%x}'):format(code_point) or bytes:sub(1, length)
    return character .. escaped_bytes(bytes:sub(length + 1))
  end))
end

--- Text of at most `size` bytes, cut between characters.
local function cut(text, size)
  if #text <= size then return text end
  while text:find('^[\128-\191]', size + 1) do
    size = size - 1
  end
  return text:sub(1, size) .. '…'
end

local function tokens_of_frame()
  for _, info in ipairs({ comment_of() }) do
    local values = etlcap_tokens(info.value)
    if values then return values end
  end
  return nil
end

--- Bytes of a name that are used; etlcap writes no longer ones. Each frame has the whole name of its interface, so a
--- long one would cost its length for each frame.
local MAX_NAME = 2048

--- The location of the packet. FileHandler has no interfaces: there the name is in the comment.
local function interface_of_frame(values)
  local info = interface_name_of()
  local name = values.Interface or (info and info.value)
  return name and cut(name, MAX_NAME)
end

--- `--comments brief` omits tokens of the interface: the name of a component's interface is `tcpip.sys #25`.
local function add_component_of_interface(values, interface)
  if not interface or not values.PktNumber or values.ComponentId then return end
  local component, id = interface:match('^(.+) #(%d+)$')
  -- In a merged capture the same component of a second host is called `tcpip.sys #25 (2)`.
  if not component then component, id = interface:match('^(.+) #(%d+) %(%d+%)$') end
  values.Component, values.ComponentId = component, id
end

local function is_drop(values)
  return values.Drop ~= nil or values.DropReason ~= nil
end

----------------------------------------------------------------------------------------------------------------------
-- Journeys: the frames of one packet
----------------------------------------------------------------------------------------------------------------------

--- The latest journey of each packet: by packet number, or by NBL in captures without packet numbers.
local journeys = {}
--- By frame number: hop, journey, neighbours, times.
local hops = {}
--- Numbers of locations in captures without packet numbers, by their names: names may be long, and each frame has one.
local places, place_count = {}, 0
--- By packet number: the number of the whole packet of a part.
local parents = {}
--- By packet number: the numbers of its parts, as a list and as a set.
local parts = {}

etl.init = callback(function()
  journeys = {}
  hops = {}
  places, place_count = {}, 0
  parents = {}
  parts = {}
end)

--- A packet of 64 KiB has fewer parts. More are not linked: a hostile list must not fill every frame.
local MAX_PART_LINKS = 256

local function link_part(parent, part)
  if not parent or not part or parent == part then return end
  local known = parts[parent] or { list = {}, set = {} }
  parts[parent] = known
  if known.set[part] or #known.list == MAX_PART_LINKS then return end
  known.set[part] = true
  known.list[#known.list + 1] = part
  parents[part] = parent
end

--- Remembers `Parent=` of a part and `Parts=` of a whole.
local function link_parts(values, packet)
  if values.Parent then link_part(uint32(values.Parent), packet) end
  for part in (values.Parts or ''):gmatch('[^,]+') do
    link_part(packet, uint32(part))
  end
end

local function begin_journey(key, number, now)
  local journey = { first = number, start = now, hop = 0 }
  journeys[key] = journey
  return journey
end

--- The journey of a packet that etlcap numbered. A second hop 1 of one number exists where captures were joined (by
--- mergecap): it is another packet.
local function numbered_journey(values, packet, number, now)
  local journey = journeys[packet]
  if not journey or uint32(values.Hop or '') == 1 then
    journey = begin_journey(packet, number, now)
    journey.packet = packet
  end
  return journey
end

--- An even number for a location.
local function place_number(name)
  if not places[name] then
    place_count = place_count + 2
    places[name] = place_count
  end
  return places[name]
end

--- The journey in a capture without packet numbers, written by an earlier etlcap.
---
--- pktmon identifies a packet by NBL and packet number, and counts its appearances; elsewhere an NBL is an address that
--- Windows reuses. A second appearance at the same step is another packet; a drop is a separate step.
local function nbl_journey(values, interface, number, now)
  local key = values.NBL .. '/' .. (values.PktNumber or '')
  local place = place_number(values.Appearance or (tostring(interface) .. '\0' .. tostring(values.Dir)))
  -- The next number is that of a drop there.
  local step = is_drop(values) and place + 1 or place
  local journey = journeys[key]
  if not journey or journey.steps[step] then
    if journey then journey.steps = nil end
    journey = begin_journey(key, number, now)
    journey.steps = {}
  end
  journey.steps[step] = true
  return journey
end

--- Adds a frame to the journey of its packet; frames with neither packet number nor NBL have none.
local function add_hop(values, interface, number)
  local packet = values.Packet and uint32(values.Packet)
  if not packet and not values.NBL then return end
  local now = time_of().value
  local journey
  if packet then
    journey = numbered_journey(values, packet, number, now)
    link_parts(values, packet)
  else
    journey = nbl_journey(values, interface, number, now)
  end
  journey.hop = journey.hop + 1
  if is_drop(values) and not journey.drop then journey.drop = number end
  hops[number] = {
    hop = journey.hop,
    journey = journey,
    previous = journey.last,
    since_first = now - journey.start,
    since_previous = journey.last and (now - journey.last_time),
  }
  if journey.last then hops[journey.last].next = number end
  journey.last = number
  journey.last_time = now
end

----------------------------------------------------------------------------------------------------------------------
-- The post-dissector
----------------------------------------------------------------------------------------------------------------------

--- The frame that was dissected last, for the statistics' listeners, which are called immediately after it.
local current = {}

local function drop_text(values)
  if not values.DropReason then return values.Drop end
  return values.Drop and ('%s (%s)'):format(values.Drop, values.DropReason) or ('reason ' .. values.DropReason)
end

--- Wireshark cuts a label at 240 bytes, also within a character.
local MAX_EXPERT_TEXT = 200

--- Elements of a list that become fields; a switch has fewer ports.
local MAX_ELEMENTS = 1024

local function add_tokens(tree, values)
  for _, row in ipairs(TOKENS) do
    local key, field, read = row[1], row[2], row[3]
    local text = values[key]
    if text and row.list then
      local count = 0
      for part in text:gmatch('[^,]+') do
        local value = read(part)
        if value then tree:add(field, value) end
        count = count + 1
        if count == MAX_ELEMENTS then break end
      end
    elseif text then
      local value = read(text)
      if value then tree:add(field, value) end
    end
  end
end

local function add_frame_link(tree, field, frame)
  if frame then tree:add(field, frame):set_generated() end
end

--- Links to the packet that this one is a part of, and to its parts. Those that come later in the file are known from
--- the second dissection on, as is the next frame.
local function add_part_links(tree, packet)
  local parent = journeys[parents[packet]]
  add_frame_link(tree, parent_field, parent and parent.first)
  for _, part in ipairs(parts[packet] and parts[packet].list or {}) do
    local journey = journeys[part]
    add_frame_link(tree, part_field, journey and journey.first)
  end
end

local function add_hop_fields(tree, values, number, hop)
  local journey = hop.journey
  if not values.Hop then tree:add(hop_field, hop.hop):set_generated() end
  add_frame_link(tree, first_field, journey.first)
  add_frame_link(tree, previous_field, hop.previous)
  add_frame_link(tree, next_field, hop.next)
  if journey.drop ~= number then add_frame_link(tree, drop_field, journey.drop) end
  tree:add(since_first_field, hop.since_first):set_generated()
  if hop.since_previous then tree:add(since_previous_field, hop.since_previous):set_generated() end
  if journey.packet then add_part_links(tree, journey.packet) end
end

--- Windows can log several drops of one packet: the first one is the warning. A drop without a reason is inferred from a
--- keyword bit.
local function add_drop_info(tree, values, number, interface, hop)
  local where = interface and (' at ' .. interface) or ''
  if not values.DropReason then
    tree:add_proto_expert_info(drop_inferred, cut(printable('Marked as dropped' .. where .. ' (inferred)'), MAX_EXPERT_TEXT))
    return
  end
  local is_first = not hop or hop.journey.drop == number
  local label = is_first and 'Dropped here' or 'Further drop record of this packet'
  local text = cut(printable(label .. where .. ': ' .. drop_text(values)), MAX_EXPERT_TEXT)
  tree:add_proto_expert_info(is_first and dropped_here or dropped_again, text)
end

etl.dissector = callback(function(_, pinfo, root)
  local number = pinfo.number
  current = { number = number }
  local values = tokens_of_frame()
  if not values then return end
  local interface = interface_of_frame(values)
  add_component_of_interface(values, interface)
  if not hops[number] then add_hop(values, interface, number) end
  local hop = hops[number]
  current = { number = number, values = values, interface = interface, hop = hop }

  local tree = root:add(etl)
  if interface then tree:add(interface_field, interface):set_generated() end
  add_tokens(tree, values)
  if hop then add_hop_fields(tree, values, number, hop) end
  if is_drop(values) then add_drop_info(tree, values, number, interface, hop) end
end)

register_postdissector(etl)

----------------------------------------------------------------------------------------------------------------------
-- Statistics: tshark -z etl,packets[,FILTER] and -z etl,drops[,FILTER]; Statistics > ETL … in Wireshark
----------------------------------------------------------------------------------------------------------------------

--- Bytes of a cell, and characters that a column is wide: longer cells stick out.
local MAX_CELL, MAX_WIDTH = 1024, 200

--- Rows as a table with a heading, safe to print. Widths count characters, not bytes.
local function aligned(rows)
  local function width(text)
    local _, count = text:gsub('[^\128-\191]', '')
    return count
  end
  local widths = {}
  for _, row in ipairs(rows) do
    for n, cell in ipairs(row) do
      local text = printable(cut(cell, MAX_CELL))
      row[n] = text
      widths[n] = math.min(MAX_WIDTH, math.max(widths[n] or 0, width(text)))
    end
  end
  local lines = {}
  for _, row in ipairs(rows) do
    local cells = {}
    for n, cell in ipairs(row) do
      cells[n] = n == #row and cell or cell .. (' '):rep(math.max(0, widths[n] - width(cell)))
    end
    lines[#lines + 1] = table.concat(cells, '  '):match('^(.-) *$')
  end
  return table.concat(lines, '\n') .. '\n'
end

--- `1 packet`, `2 packets`.
local function count_of(number, noun)
  return ('%d %s%s'):format(number, noun, number == 1 and '' or 's')
end

--- One line per packet: hops, where from, where to, how long, and whether it was dropped. A vSwitch records where it
--- sends a packet as port numbers: the interface of a port is known once a packet came from there.
local function packet_statistics()
  local self = {}
  --- Ports of one packet that are named.
  local MAX_PORTS = 16
  local packets, order, interface_of_port, appearances, dropped

  function self.reset()
    packets, order, interface_of_port = {}, {}, {}
    appearances, dropped = 0, 0
  end

  local function port_names(ports)
    local names = {}
    for port in ports:gmatch('[^,]+') do
      if #names == MAX_PORTS then
        names[#names + 1] = '…'
        break
      end
      names[#names + 1] = interface_of_port[port] or ('port ' .. port)
    end
    return table.concat(names, ', ')
  end

  local function packet_name(values, journey)
    if journey.packet then return ('%d'):format(journey.packet) end
    return values.PktNumber and ('%s #%s'):format(values.NBL, values.PktNumber) or values.NBL
  end

  --- Port numbers are unique within a switch only: a number of two interfaces identifies neither.
  local function learn_port(port, interface)
    local known = interface_of_port[port]
    if known == nil then interface_of_port[port] = interface end
    if known and known ~= interface then interface_of_port[port] = false end
  end

  function self.add(frame)
    local hop = frame.hop
    if frame.values.SrcNicName and frame.values.SrcPortId and frame.interface then
      learn_port(frame.values.SrcPortId, frame.interface)
    end
    if not hop then return end
    local journey = hop.journey
    local packet = packets[journey.first]
    local place = frame.interface or '?'
    if not packet then
      packet = { id = packet_name(frame.values, journey), hops = 0, from = place, first_time = hop.since_first }
      packets[journey.first] = packet
      order[#order + 1] = journey.first
    end
    appearances = appearances + 1
    packet.hops = packet.hops + 1
    packet.to = place
    packet.ports = frame.values.DstPorts
    packet.last_time = hop.since_first
    if is_drop(frame.values) and not packet.drop then
      packet.drop = ('dropped at %s: %s'):format(place, drop_text(frame.values))
      dropped = dropped + 1
    end
  end

  function self.text()
    local rows = { { 'Frame', 'Packet', 'Hops', 'Seconds', 'From', 'To', 'Result' } }
    for _, first in ipairs(order) do
      local packet = packets[first]
      rows[#rows + 1] = {
        ('%d'):format(first),
        packet.id,
        ('%d'):format(packet.hops),
        tostring(packet.last_time - packet.first_time),
        packet.from,
        packet.ports and port_names(packet.ports) or packet.to,
        packet.drop or '',
      }
    end
    local total = { count_of(#order, 'packet'), count_of(appearances, 'appearance'), ('%d dropped'):format(dropped) }
    return table.concat(total, ', ') .. '\n' .. aligned(rows)
  end

  self.reset()
  return self
end

--- Drops by reason, component and location, the most frequent first. Each packet counts once, at its first drop record
--- that the filter lets through; each record counts where it is.
local function drop_statistics()
  local self = {}
  local groups, order, counted, packets, records

  function self.reset()
    groups, order, counted = {}, {}, {}
    packets, records = 0, 0
  end

  --- Whether no drop of the frame's packet was counted before.
  local function is_new_packet(hop)
    if not hop then return true end
    local is_new = not counted[hop.journey.first]
    counted[hop.journey.first] = true
    return is_new
  end

  function self.add(frame)
    local values = frame.values
    if not is_drop(values) then return end
    local place = values.Component and values.ComponentId and (values.Component .. ' #' .. values.ComponentId)
      or frame.interface
      or '?'
    local key = table.concat({ drop_text(values), place, values.DropLocation or '' }, '\0')
    local group = groups[key]
    if not group then
      group = { reason = drop_text(values), place = place, location = values.DropLocation or '' }
      group.packets, group.records, group.first = 0, 0, frame.number
      groups[key] = group
      order[#order + 1] = group
    end
    group.records = group.records + 1
    records = records + 1
    if is_new_packet(frame.hop) then
      group.packets = group.packets + 1
      packets = packets + 1
    end
  end

  function self.text()
    table.sort(order, function(a, b)
      if a.packets ~= b.packets then return a.packets > b.packets end
      if a.records ~= b.records then return a.records > b.records end
      return a.first < b.first
    end)
    local rows = { { 'Packets', 'Records', 'Reason', 'Component', 'Location', 'First frame' } }
    for _, group in ipairs(order) do
      rows[#rows + 1] = {
        ('%d'):format(group.packets),
        ('%d'):format(group.records),
        group.reason,
        group.place,
        group.location,
        ('%d'):format(group.first),
      }
    end
    local total = ('%s dropped, %s'):format(count_of(packets, 'packet'), count_of(records, 'drop record'))
    return total .. '\n' .. aligned(rows)
  end

  self.reset()
  return self
end

local STATISTICS = {
  { names = { 'packets', 'nbl' }, title = 'ETL packets', create = packet_statistics },
  { names = { 'drops' }, title = 'ETL drops', create = drop_statistics },
}

--- Feeds the frames that `filter` lets through to a statistic.
local function listen(statistic, filter)
  local listener = Listener.new('frame', filter)
  listener.packet = callback(function(pinfo)
    if current.number == pinfo.number and current.values then statistic.add(current) end
  end)
  listener.reset = callback(function()
    statistic.reset()
  end)
  return listener
end

local LINE = ('='):rep(100)

local function print_statistics(entry, name, filter)
  local statistic = entry.create()
  local is_valid, listener = pcall(listen, statistic, filter)
  if not is_valid then
    io.stderr:write(('etlcap: -z etl,%s: not a display filter: %s\n'):format(name, printable(filter)))
    os.exit(1)
  end
  listener.draw = callback(function()
    print(LINE)
    print(entry.title)
    if filter then print('Filter: ' .. printable(filter)) end
    print(statistic.text() .. LINE)
  end)
end

local function show_statistics(entry)
  local window = TextWindow.new(entry.title)
  local statistic = entry.create()
  local listener = listen(statistic, get_filter and get_filter() ~= '' and get_filter() or nil)
  listener.draw = callback(function()
    window:set(statistic.text())
  end)
  window:set_atclose(callback(function()
    listener:remove()
  end))
  retap_packets()
end

for _, entry in ipairs(STATISTICS) do
  for _, name in ipairs(entry.names) do
    -- The argument is the whole value of -z.
    register_stat_cmd_arg('etl,' .. name, callback(function(argument)
      print_statistics(entry, name, argument:match('^etl,%a+,(.+)$'))
    end))
  end
  if gui_enabled() then
    register_menu(entry.title, callback(function()
      show_statistics(entry)
    end), MENU_STAT_UNSORTED)
  end
end

----------------------------------------------------------------------------------------------------------------------
-- File > Open and tshark -r for .etl: the file is converted into a temporary one, which is read instead.
--
-- The only program that is run is the launcher of `etlcap wireshark install`, named in the file etlcap.command next to
-- this one (or in the environment variable ETLCAP_COMMAND). It is not a preference, because preferences are part of
-- profiles, and a profile must not be able to name a program. The command line has no name from the user either:
-- Wireshark does not pass the name of the opened file to Lua, its bytes are copied.
----------------------------------------------------------------------------------------------------------------------

etl.prefs.open_files = Pref.bool('Open .etl files', true, 'Convert .etl files with etlcap when they are opened')

local BUFFER_HEADER_SIZE = 72
local CHUNK_SIZE = 1024 * 1024
local IS_WINDOWS = package.config:sub(1, 1) == '\\'

--- Block types and the link types that etlcap writes (pcapng; LINKTYPE_ numbers).
local SECTION_HEADER, INTERFACE_DESCRIPTION, ENHANCED_PACKET = 0x0a0d0d0a, 1, 6
local OPTION_END, OPTION_COMMENT, IF_NAME = 0, 1, 2
local ENCAPSULATIONS = {
  [1] = wtap_encaps.ETHERNET,
  [101] = wtap_encaps.RAW_IP,
  [105] = wtap_encaps.IEEE_802_11,
}
-- No block of etlcap's is larger: a packet of 64 KiB with a comment of 64 KiB.
local MAX_BLOCK_SIZE = 1024 * 1024

--- The launcher's path, or nil.
local function launcher()
  local path = os.getenv('ETLCAP_COMMAND')
  if not path then
    local directory = debug.getinfo(1, 'S').source:match('^@(.*[/\\])') or ''
    local file = io.open(directory .. 'etlcap.command', 'r')
    if not file then return nil end
    path = file:read('*l')
    file:close()
  end
  -- cmd.exe cannot be given these.
  if not path or path == '' or (IS_WINDOWS and path:find('["%%\r\n]')) then return nil end
  return path
end

local function quoted(argument)
  if IS_WINDOWS then return '"' .. argument .. '"' end
  return "'" .. argument:gsub("'", "'\\''") .. "'"
end

--- Converts a trace; true where that gave a capture.
local function convert(path, output)
  local command = table.concat({
    quoted(launcher()),
    '--capture --extcap-interface etlcap --fifo',
    quoted(output),
    '--trace',
    quoted(path),
  }, ' ')
  -- cmd.exe removes the outermost quotes.
  local result = os.execute(IS_WINDOWS and '"' .. command .. '"' or command)
  return result == true or result == 0
end

--- The record of the trace header is the first in the first buffer, in the layout for 32 or 64 bits.
local function is_etl(file)
  local head = file:read(BUFFER_HEADER_SIZE + 8)
  if not head or #head < BUFFER_HEADER_SIZE + 8 then return false end
  local kind, marker = head:byte(BUFFER_HEADER_SIZE + 3, BUFFER_HEADER_SIZE + 4)
  local hook = head:sub(BUFFER_HEADER_SIZE + 7)
  return marker == 0xc0 and (kind == 1 or kind == 2) and hook == '\0\0'
end

local function copy_to(file, path)
  local copy = io.open(path, 'wb')
  if not copy then return false end
  file:seek('set', 0)
  local whole = true
  while whole do
    local chunk = file:read(CHUNK_SIZE)
    if not chunk or #chunk == 0 then break end
    whole = copy:write(chunk) ~= nil
  end
  return copy:close() and whole
end

--- The block at the file's position: type and body; nil at the end.
local function read_block(source)
  local head = source:read(8)
  if not head or #head < 8 then return nil end
  local kind, size = Struct.unpack('<I4I4', head)
  if size < 12 or size > MAX_BLOCK_SIZE then return nil end
  local rest = source:read(size - 8)
  if not rest or #rest < size - 8 then return nil end
  return kind, rest:sub(1, -5)
end

--- The first option of that code, from `at` on.
local function option(body, at, wanted)
  while at + 3 <= #body do
    local code, length = Struct.unpack('<I2I2', body, at)
    if code == wanted then return body:sub(at + 4, at + 3 + length) end
    if code == OPTION_END then return nil end
    at = at + 4 + length + (-length) % 4
  end
  return nil
end

--- A value in the comment's grammar.
local function token_value(text)
  return '"' .. text:gsub('["\\]', '\\%0'):gsub('%c', function(byte)
    return ('\\u%04x'):format(byte:byte())
  end) .. '"'
end

local TICKS_PER_SECOND, TICK_NANOSECONDS = 10000000, 100

--- 64 bits of 100 ns as NSTime: divided in digits of 16 bits, because the numbers of Lua 5.2 hold 53.
local function time_of_ticks(high, low)
  local seconds, rest = 0, 0
  local low_half = low % 65536
  for _, digit in ipairs({ high, (low - low_half) / 65536, low_half }) do
    local value = rest * 65536 + digit
    rest = value % TICKS_PER_SECOND
    seconds = seconds * 65536 + (value - rest) / TICKS_PER_SECOND
  end
  return NSTime.new(seconds, rest * TICK_NANOSECONDS)
end

--- Opens the capture that a trace was converted to. `interfaces` counts from 0.
local function open_capture(path)
  local source = io.open(path, 'rb')
  if not source then return nil end
  if read_block(source) ~= SECTION_HEADER then
    source:close()
    return nil
  end
  return { source = source, path = path, interfaces = {}, interface_count = 0 }
end

local function add_interface(state, body)
  state.interfaces[state.interface_count] = {
    encapsulation = ENCAPSULATIONS[Struct.unpack('<I2', body)],
    name = option(body, 9, IF_NAME),
  }
  state.interface_count = state.interface_count + 1
end

--- Fills a frame of Wireshark from an Enhanced Packet Block; false if it is truncated.
local function fill_frame(state, frame, body)
  if #body < 20 then return false end
  local id, time_high, time_low, captured, original = Struct.unpack('<I4I4I4I4I4', body)
  local interface = state.interfaces[id]
  if not interface or not interface.encapsulation or #body < 20 + captured then return false end
  frame.rec_type = wtap_rec_types.PACKET
  frame.flags = wtap_presence_flags.TS + wtap_presence_flags.CAP_LEN
  frame.time = time_of_ticks(time_high, time_low)
  frame.encap = interface.encapsulation
  frame.data = body:sub(21, 20 + captured)
  frame.captured_length = captured
  frame.original_length = original
  local comment = option(body, 21 + captured + (-captured) % 4, OPTION_COMMENT)
  if comment then
    if interface.name then comment = comment .. ' Interface=' .. token_value(interface.name) end
    frame.comment = comment
  end
  return true
end

--- Reads the next packet.
--- @return its offset in the converted file, or false at the end
local function read_frame(state, frame)
  while true do
    local offset = state.source:seek()
    local kind, body = read_block(state.source)
    if not kind then return false end
    if kind == INTERFACE_DESCRIPTION then add_interface(state, body) end
    if kind == ENHANCED_PACKET then return fill_frame(state, frame, body) and offset end
  end
end

local reader = FileHandler.new('ETL trace (etlcap)', 'etl', 'Windows ETL trace, converted by etlcap', 'rm')
reader.extensions = 'etl'

reader.read_open = callback(function(file, capture)
  if not etl.prefs.open_files or not is_etl(file) or not launcher() then return false end
  local trace, output = os.tmpname(), os.tmpname()
  local is_converted = copy_to(file, trace) and convert(trace, output)
  os.remove(trace)
  local state = is_converted and open_capture(output)
  -- If an open file can be unlinked, it is removed however Wireshark ends; on Windows this fails, and read_close does
  -- it.
  os.remove(output)
  if not state then return false end
  capture.private_table = state
  capture.time_precision = (wtap_tsprecs or wtap_filetypes)[wtap_tsprecs and 'NSEC' or 'TSPREC_NSEC']
  capture.encap = wtap_encaps.PER_PACKET
  capture.snapshot_length = 0
  return true
end)

reader.read = callback(function(_, capture, frame)
  return read_frame(capture.private_table, frame)
end)

--- Reads a packet again, after all interfaces are known.
reader.seek_read = callback(function(_, capture, frame, offset)
  local state = capture.private_table
  local before = state.source:seek()
  state.source:seek('set', offset)
  local kind, body = read_block(state.source)
  state.source:seek('set', before)
  return kind == ENHANCED_PACKET and fill_frame(state, frame, body)
end)

reader.read_close = callback(function(_, capture)
  local state = capture.private_table
  if not state or not state.source then return end
  state.source:close()
  os.remove(state.path)
end)

register_filehandler(reader)
