// What NiceGUI mounts: it hands the page its views, and the page's requests back.

export default {
  template: "<div></div>",
  props: { script: String, view: Object, meaning: Object, learning: Object },
  async mounted() {
    const { start } = await import(this.script);
    this.page = await start(this.$el, (asked) => this.$emit("ask", asked));
    this.seen = {};
  },
  methods: {
    // All properties come again with each that changes; what was seen already is not shown twice.
    tell(kind, told) {
      if (!this.page || !told || this.seen[kind] === told.serial) return;
      this.seen[kind] = told.serial;
      this.page[kind](told);
    },
  },
  watch: {
    view(told) { this.tell("view", told); },
    meaning(told) { this.tell("meaning", told); },
    learning(told) { this.tell("learning", told); },
  },
};
