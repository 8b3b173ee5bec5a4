// Prints the names of people that @faker-js/faker holds: first<TAB>word or last<TAB>word, a line each.
// node faker.mjs node_modules/@faker-js/faker
const { allFakers } = await import(process.argv[2] + '/dist/index.js')
const seen = new Set()
for (const f of Object.values(allFakers)) {
  const person = f.rawDefinitions.person ?? {}
  for (const [kind, name] of [['first', 'first_name'], ['last', 'last_name']]) {
    for (const list of Object.values(person[name] ?? {})) {
      for (const w of Array.isArray(list) ? list : []) {
        for (const part of String(w.value ?? w).trim().split(/\s+/)) seen.add(kind + '\t' + part)
      }
    }
  }
}
console.log([...seen].sort().join('\n'))
