// Each script is given one JSON argument, { issuer, metadata, initialAccessToken }, and prints one JSON document:
// { registered } as the library handed it over, or { refused } with what the library made of the refusal.

export async function report(register, explain) {
  const order = JSON.parse(process.argv[2]);
  try {
    print({ registered: await register(order) });
  } catch (error) {
    const refused = explain(error);
    if (!refused) throw error;
    print({ refused });
  }
}

function print(outcome) {
  process.stdout.write(JSON.stringify(outcome) + "\n");
}
