/// Words for passphrases: 1,024 short English nouns and adjectives in the order of the alphabet.
///
/// Chosen for this program, and free for any use. Each one that is drawn adds ten bits.
enum WordList {
  /// The longest word, in octets.
  static let longest = 8

  /// The words.
  static var words: [Substring] { text.split(separator: " ") }

  private static let text = """
    able acid acorn acre actor adder afar agent aide alarm album alley almond alpine alto amber amble ample \
    anchor angle ankle annex anvil apple april apron arch arena armor army aroma arrow artist aspen atlas atom \
    attic autumn avid awning azure bacon badge bagel baker balm bamboo banana banjo bank barge barley barn \
    barrel basil basin basket bath baton bead beak beam bear beaver beet bell belt bench berry bike birch bird \
    bison blade blanket blaze blend blink block bloom blouse blue bluff board boat bobbin bolt bonnet book boot \
    border bottle boulder bowl bracket braid branch brass breeze brick bridge brisk bronze brook broom brush \
    bubble bucket buckle buffalo bugle bulb bundle burrow bush butter button cabin cable cactus cadet cake calf \
    calm camel camera camp canal candle canoe canopy canvas canyon cape caramel card cargo carol carpet carrot \
    cart carve cash castle cattle cave cedar celery cello cement center chain chair chalk chapel charm chart \
    cheese cherry chess chest chick chime chin chip chorus chrome cider cinema circle citrus city clam clasp \
    clay clerk cliff clip cloak clock cloth cloud clover club coach coast cobra cocoa coffee coil coin collar \
    colt comb comet cone copper coral cork corn cotton couch cougar cousin cove coyote crab cradle crane crater \
    crayon cream crest cricket crisp crow crown crumb crystal cube cuff curl curry curtain cushion cycle daily \
    dairy daisy dance dawn deck deer delta denim depot desert desk dial diamond diary dice dingo dinner disc \
    dish diver dock dolphin dome donkey door dove dragon drama drawer dream dress drift drill drum duck duet \
    dune dusk dust eagle early earth easel east echo edge eight elbow elder ember emerald engine envoy equal \
    essay exit fable fabric face falcon fall family famous farm fawn feast feather fence fern ferry fiddle field \
    film finch finger fire fish flag flame flannel flask flax fleet flint float flock floor flute foam folder \
    font food forest fork fort fossil fountain frame freezer fresh friday frog frost fruit fudge funnel gable \
    galaxy game garage garden garlic garnet gecko gentle geyser ghost giant ginger giraffe glacier glass glider \
    globe glove glue goal gold goose gorge gown grain grape graph grass gravel gray green grid grill grove guest \
    guide guitar gust gymnast habit half hammer hamster hand harbor harp harvest hawk hazel head hedge helmet \
    hemp herb herd hero heron hill hinge hippo hobby hockey hollow holly honey hood hoof hook horizon horn hotel \
    hour house humble humor icicle idea igloo image inch index inlet insect iris iron island jacket jade jaguar \
    jasmine jazz jelly jewel jigsaw joke jolly journal judge juice july jumper june jungle juniper kale kayak \
    keel kettle kilo king kiosk kitchen kite kitten kiwi knee koala label lace ladder lady lagoon lake lamb lamp \
    land lantern lark laser latch laurel lava lawn leaf leather ledge lemon lens leopard letter lever library \
    lichen light lilac lily lime linen lion lizard llama loaf lobby lobster locket lodge loop lotus lucky lumber \
    lunar lunch lute lyric magic magnet magpie mail mallet mammal mango manor mantle maple marble march margin \
    marine market maroon marsh mask mason mast match meadow meal melody melon member menu merry meteor metro \
    middle mile milk mill mimic mineral mink mint minute mirror mist mitten mobile model mole monday money \
    monkey month moon morning mosaic moss moth motor mound mouse mouth muffin mule mural museum music mustard \
    myth nail name napkin narrow native navy neck nectar needle neon nephew nest nickel nine noble noise noodle \
    north nose note novel number nurse nylon oasis ocean octave office olive omelet onion onyx opal opera orange \
    orbit orchid organ osprey otter ounce oval oven owner oxen oyster paddle page paint palace palm panda panel \
    panther paper parade parcel park parrot party pasta pasture patch path patio paw pea peach peanut pearl \
    pebble pecan pelican pencil penguin penny pepper perch phone photo piano picnic pier pigeon pillow pilot \
    pine pink pipe pirate pizza planet plank plant plaster plaza plow pocket poem poet polar polka pond pool \
    poplar poppy postal potato potter powder prairie prism proud prune puddle puffin pulley pulp puma pump \
    pumpkin pupil puppet puppy purple purse puzzle quail quarry quartz queen quest quick quiet quill quilt \
    quiver quota rabbit raccoon radar radio radish raft rail raisin ram ranch ranger rapid raven razor recipe \
    reed reef relic resin ribbon rice ridge ripple river robin robot rock rocket rodeo roof rooster rope rose \
    rotor round rubber ruby rug ruler runner rustic saddle safari saga sage salad salmon salt sand sandal \
    sapphire satin scale scarf school scooter scout screen scroll seal season seat second seed seven shade \
    shadow shark shed sheep shelf shell shield ship shirt shoe shore shovel shrimp shrub silk silver singer \
    sister six skate sketch ski skirt skunk sky slate sled sleeve slice slipper slope smile smoke snail snow \
    soap soccer sock sofa soil solar solid sonnet soup south space spade spark sparrow spice spider spinach \
    spiral spoon spring sprout spruce square squid stable staff stage stamp star statue steam stem stereo stone \
    stool stork storm story stove straw stream street studio sugar suit sumac summer sunday sunset surf swamp \
    swan sweater swift swing syrup table tablet tadpole tailor talent tan tango tank tape target tart taxi \
    teacup temple ten tennis tent thicket thimble thistle thorn thread three thumb thunder ticket tiger tile \
    timber tin tiny toast today toffee tomato tone tongue tool tooth topaz torch totem toucan towel tower town \
    toy track tractor trail train tray tree trellis trench triangle trophy trout truck trumpet trunk tuba tube \
    tulip tuna tundra tunnel turkey turnip turtle tutor tuxedo twelve twig twin typist umbrella uncle unicorn \
    union upper urban usher vacuum valley valve vanilla vapor vase vault velvet vendor vessel vest video view \
    village vine vinegar viola violet violin visit visor vista vivid voice volcano vowel voyage vulture wafer \
    wagon waiter walnut walrus waltz warm wasp watch water wax weasel weather well west wheat wheel whistle \
    white wicker widget willow wind window wine wing winter wisdom wizard wolf wombat wool word wreath wren \
    wrist writer yacht yak yard yarn year yeast yellow yoga yogurt young zebra zenith zero zinc zipper zodiac \
    zone zoo
    """
}
