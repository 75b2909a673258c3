// Checks the documents of the contract with tools that share no code with it. One JSON object on standard output says what was seen;
// every complaint is a line on standard error, and any of them makes the exit code 1.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv'
import formats from 'ajv-formats'
import { Parser, DiagnosticSeverity } from '@asyncapi/parser'

const protocols = process.argv[2]
const complaints = []
const read = (folder, name) => JSON.parse(readFileSync(join(protocols, folder, name), 'utf8'))

const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true })
formats(ajv)

const names = readdirSync(join(protocols, 'schemas')).sort()
const validators = new Map(names.map(name => [name, ajv.compile(read('schemas', name))]))
let refused = 0
for (const [name, holds] of validators) {
  const example = read('examples', name)
  if (!holds(example)) complaints.push(`examples/${name}: ${ajv.errorsText(holds.errors)}`)

  // A schema that takes anything would pass too: each required field of the example is missed once.
  for (const field of holds.schema.required ?? []) {
    const { [field]: _, ...poorer } = example
    if (holds(poorer)) complaints.push(`schemas/${name}: does not miss ${field}`)
    else refused++
  }
}

// The events of a batch are events.
for (const event of read('examples', 'evt.json').events) {
  const holds = validators.get(`${event.type}.json`)
  if (!holds?.(event)) complaints.push(`examples/evt.json, ${event.type}: ${ajv.errorsText(holds?.errors)}`)
}

const file = join(protocols, 'asyncapi.yaml')
const { document, diagnostics } = await new Parser().parse(readFileSync(file, 'utf8'), { source: file })
for (const { severity, message, path } of diagnostics) {
  if (severity <= DiagnosticSeverity.Warning) complaints.push(`asyncapi.yaml, ${path.join('/')}: ${message}`)
}

// What AsyncAPI resolved is the schema of the file, so the document describes the same messages.
const messages = document?.components().messages().all() ?? []
for (const message of messages) {
  const name = `${message.id()}.json`
  if (['ack', 'cmd', 'cfg', 'snap'].includes(message.id())) continue // A token, or bytes behind a head; claims and head are checked above.
  const holds = new Ajv({ strict: false, formats: { 'date-time': true, date: true } }).compile(message.payload().json())
  if (!holds(read('examples', name))) complaints.push(`asyncapi.yaml, message ${message.id()}: does not describe examples/${name}`)
}

for (const complaint of complaints) console.error(complaint)
console.log(JSON.stringify({
  examples: names.length,
  refused,
  channels: (document?.channels().all() ?? []).map(channel => channel.address()).sort(),
  messages: messages.map(message => message.id()).sort(),
  schemas: (document?.components().schemas().all() ?? []).map(schema => schema.id()).sort(),
}))
process.exit(complaints.length === 0 ? 0 : 1)
